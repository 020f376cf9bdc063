package io.github.sparklatent.ml.network.keys;

import io.github.sparklatent.config.Settings;
import java.util.List;

/**
 * One element of {@code train.players}.
 *
 * @param name name of one of the model type's players
 * @param refinement values that replace the values of {@code train.optimizer}
 */
public record PlayerSetting(String name, Refinement refinement) {
    /** Returns the players that the settings name. */
    @SuppressWarnings("unchecked") // the value is a list of players
    public static List<PlayerSetting> of(Settings settings) {
        return settings.value("train.players")
                .map(players -> (List<PlayerSetting>) players)
                .orElse(List.of());
    }
}
