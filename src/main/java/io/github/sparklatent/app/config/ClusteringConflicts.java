package io.github.sparklatent.app.config;

import java.util.ArrayList;
import java.util.List;

/** Values of deep embedding's configuration that are right one by one and wrong together. */
final class ClusteringConflicts {
    private final Settings settings;
    private final List<Problem> problems = new ArrayList<>();

    private ClusteringConflicts(Settings settings) {
        this.settings = settings;
    }

    static List<Problem> in(Settings settings) {
        ClusteringConflicts conflicts = new ClusteringConflicts(settings);
        conflicts.shares();
        conflicts.crossEntropy();
        return conflicts.problems;
    }

    private void add(Key<?> key, String predicate, Object... values) {
        problems.add(settings.problem(key, predicate.formatted(values)));
    }

    private void shares() {
        int given = settings.find(ClusteringKeys.CLUSTER_SHARES).map(List::size).orElse(0);
        if (given == 0) {
            return;
        }
        int components = settings.get(LatentMixtureKeys.COMPONENTS);
        if (given != components) {
            add(
                    ClusteringKeys.CLUSTER_SHARES,
                    "has %d shares, but model.components is %d: must have one for each",
                    given,
                    components);
        }
        if (settings.get(ClusteringKeys.INFORMATION_WEIGHT) == 0) {
            add(
                    ClusteringKeys.CLUSTER_SHARES,
                    "is given, but model.informationWeight is 0: nothing would pull the clusters"
                            + " there");
        }
    }

    /** It has no effect but in the stage whose responsibilities are fixed. */
    private void crossEntropy() {
        boolean fixed =
                settings.findOwn(ClusteringKeys.STAGES).orElse(List.of()).stream()
                        .anyMatch(stage -> stage.name().equals(ClusteringKeys.FIXED));
        if (settings.isChanged(ClusteringKeys.CROSS_ENTROPY_WEIGHT) && !fixed) {
            add(
                    ClusteringKeys.CROSS_ENTROPY_WEIGHT,
                    "is %s, but train.stages has no stage %s, the only one with such a weight",
                    settings.show(ClusteringKeys.CROSS_ENTROPY_WEIGHT),
                    ClusteringKeys.FIXED);
        }
    }
}
