package io.github.sparklatent.config;

import java.util.List;
import java.util.stream.Stream;

/**
 * A network of a game that does not step as {@code train.optimizer} says.
 *
 * @param name as its objective calls it, such as discriminator or generator
 */
public record PlayerSettings(String name, OptimizerSettings optimizer) {

    /** Those that the configuration names. */
    static List<PlayerSettings> of(Settings settings) {
        return given(settings).stream()
                .map(
                        player ->
                                new PlayerSettings(
                                        player.name(),
                                        OptimizerSettings.of(
                                                settings.refined(player.refinement()))))
                .toList();
    }

    /** As they are written. */
    static List<PlayerSetting> given(Settings settings) {
        return Stream.of(StagedMixtureKeys.PLAYERS, GeneratorKeys.PLAYERS, GameKeys.PLAYERS)
                .flatMap(key -> settings.findOwn(key).stream())
                .findFirst()
                .orElse(List.of());
    }
}
