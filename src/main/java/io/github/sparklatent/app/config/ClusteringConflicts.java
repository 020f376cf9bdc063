package io.github.sparklatent.app.config;

import io.github.sparklatent.vae.EmbeddingPhase;
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
        conflicts.start();
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

    /** Clusters are those of a trained model, or are found among an autoencoder's codes. */
    private void start() {
        if (settings.findOwn(ClusteringKeys.STAGES).isEmpty()) {
            return; // another type
        }
        boolean trained = settings.find(CommonKeys.INITIAL_MODEL).isPresent();
        List<String> stages =
                settings.findOwn(ClusteringKeys.STAGES).orElse(List.of()).stream()
                        .map(StageSetting::name)
                        .toList();
        if (!trained && !stages.contains(EmbeddingPhase.AUTOENCODER.toString())) {
            add(
                    ClusteringKeys.STAGES,
                    "has no stage %s, must have one where there is no train.initialModel",
                    EmbeddingPhase.AUTOENCODER);
        }
        if (trained) {
            List.of(
                            ClusteringKeys.START,
                            ClusteringKeys.RESTARTS,
                            ClusteringKeys.START_ROWS,
                            ClusteringKeys.CROSS_ENTROPY_WEIGHT)
                    .forEach(this::hasClusters);
            if (settings.isGiven(ClusteringKeys.STAGES) && stages.size() > 1) {
                add(
                        ClusteringKeys.STAGES,
                        "has the stages %s, but train.initialModel has its clusters already: must"
                                + " be %s alone",
                        String.join(", ", stages),
                        EmbeddingPhase.CLUSTERING);
            }
        }
        int components = settings.get(LatentMixtureKeys.COMPONENTS);
        if (settings.get(ClusteringKeys.START_ROWS) < components) {
            add(
                    ClusteringKeys.START_ROWS,
                    "is %s, but model.components is %d: must be one row for each at least",
                    settings.show(ClusteringKeys.START_ROWS),
                    components);
        }
    }

    private <T> void hasClusters(Key<T> key) {
        if (settings.isChanged(key)) {
            add(
                    key,
                    "is %s, but train.initialModel has its clusters already: one of the two must"
                            + " go",
                    settings.show(key));
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
