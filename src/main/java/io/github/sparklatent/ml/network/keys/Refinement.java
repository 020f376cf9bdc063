package io.github.sparklatent.ml.network.keys;

import io.github.sparklatent.config.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The values that a section within {@code train} (of a stage or a player) overrides, by the paths of their keys.
 * Immutable.
 *
 * @param given values by path of their key: {@code train.optimizer.type}
 */
public record Refinement(Map<String, Settings.Given> given) {
    /**
     * Sections that are replaced as a whole if their type is set: another optimiser does not inherit the learning rate
     * of this one.
     */
    private static final List<String> TYPED = List.of("train.optimizer", "train.optimizer.schedule", "train.outer");

    static final Refinement NONE = new Refinement(Map.of());

    public Refinement {
        given = Map.copyOf(given);
    }

    /** Returns settings in which the values of this section replace the common ones. */
    public Settings over(Settings all) {
        return all.with(this::over);
    }

    /** Returns the common values, replaced by the values of this section where it sets them. */
    Map<String, Settings.Given> over(Map<String, Settings.Given> all) {
        Map<String, Settings.Given> result = new HashMap<>(all);
        result.keySet().removeIf(this::replaces);
        result.putAll(given);
        return result;
    }

    private boolean replaces(String path) {
        return TYPED.stream()
                .filter(section -> given.containsKey(section + ".type"))
                .anyMatch(section -> path.startsWith(section + "."));
    }
}
