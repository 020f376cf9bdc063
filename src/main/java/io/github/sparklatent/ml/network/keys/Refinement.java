package io.github.sparklatent.ml.network.keys;

import io.github.sparklatent.config.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a section within {@code train} (a stage's, a player's) says anew, by the paths of the keys
 * whose values it stands in for. Immutable.
 *
 * @param given by path: {@code train.optimizer.type}
 */
public record Refinement(Map<String, Settings.Given> given) {
    /**
     * Sections that are taken whole where their type is named: another optimiser does not inherit
     * the learning rate of this one.
     */
    private static final List<String> TYPED =
            List.of("train.optimizer", "train.optimizer.schedule", "train.outer");

    /** Two ways to say the same: the one that is given here counts. */
    private static final Set<String> ROUND_LENGTHS =
            Set.of(AveragingKeys.ROUNDS_PER_EPOCH.path(), AveragingKeys.LOCAL_STEPS.path());

    static final Refinement NONE = new Refinement(Map.of());

    public Refinement {
        given = Map.copyOf(given);
    }

    /** Laid over what holds for all. */
    public Map<String, Settings.Given> over(Map<String, Settings.Given> all) {
        Map<String, Settings.Given> result = new HashMap<>(all);
        result.keySet().removeIf(this::replaces);
        result.putAll(given);
        return result;
    }

    private boolean replaces(String path) {
        boolean typed =
                TYPED.stream()
                        .filter(section -> given.containsKey(section + ".type"))
                        .anyMatch(section -> path.startsWith(section + "."));
        return typed
                || ROUND_LENGTHS.contains(path)
                        && ROUND_LENGTHS.stream().anyMatch(given::containsKey);
    }
}
