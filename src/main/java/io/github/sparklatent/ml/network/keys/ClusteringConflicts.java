package io.github.sparklatent.ml.network.keys;

import io.github.sparklatent.config.CommonKeys;
import io.github.sparklatent.config.Key;
import io.github.sparklatent.config.Problem;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.vae.stage.ClusteringPhase;
import java.util.ArrayList;
import java.util.List;

/**
 * Values that are right one by one and wrong together, of models whose clusters are found among an
 * autoencoder's codes.
 */
final class ClusteringConflicts {
    private static final String AUTOENCODER = ClusteringPhase.AUTOENCODER.toString();
    private static final List<Key<?>> OF_START =
            List.of(
                    ClusteringKeys.START,
                    ClusteringKeys.RESTARTS,
                    ClusteringKeys.START_ROWS,
                    ClusteringKeys.CROSS_ENTROPY_WEIGHT);

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
        List<String> stages =
                StageSettings.given(settings).stream().map(StageSetting::name).toList();
        if (stages.isEmpty()) {
            return; // another type
        }
        boolean embedding = settings.findOwn(ClusteringKeys.STAGES).isPresent();
        if (settings.find(CommonKeys.INITIAL_MODEL).isPresent()) {
            OF_START.forEach(this::hasClusters);
            hasClusters(embedding, stages);
        } else if (!stages.contains(AUTOENCODER)) {
            hasNoClusters(embedding, stages);
        } else if (stages.indexOf(AUTOENCODER) > 0 || stages.size() == 1) {
            add(
                    StagedMixtureKeys.STAGES,
                    "has the stages %s: autoencoder must be the first of several",
                    String.join(", ", stages));
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

    private void hasClusters(boolean embedding, List<String> stages) {
        if (!settings.isGiven(ClusteringKeys.STAGES)) {
            return;
        }
        if (embedding && stages.size() > 1) {
            add(
                    ClusteringKeys.STAGES,
                    "has the stages %s, but train.initialModel has its clusters already: must be"
                            + " %s alone",
                    String.join(", ", stages),
                    ClusteringPhase.CLUSTERING);
        } else if (stages.contains(AUTOENCODER)) {
            add(
                    StagedMixtureKeys.STAGES,
                    "has a stage %s, but train.initialModel has its clusters already: one of the"
                            + " two must go",
                    AUTOENCODER);
        }
    }

    /** Deep embedding needs some; the others may start from parameters that are drawn. */
    private void hasNoClusters(boolean embedding, List<String> stages) {
        boolean drawn = settings.findOwn(ClassifierKeys.CLASSIFIER).isPresent();
        if (embedding && !(drawn && stages.size() == 1)) {
            add(
                    ClusteringKeys.STAGES,
                    "has no stage %s, must have one where there is no train.initialModel",
                    AUTOENCODER);
            return;
        }
        List.of(ClusteringKeys.START, ClusteringKeys.RESTARTS, ClusteringKeys.START_ROWS).stream()
                .filter(settings::isChanged)
                .forEach(
                        key ->
                                add(
                                        key,
                                        "is %s, but train.stages has no stage %s, among whose"
                                                + " codes clusters are looked for",
                                        settings.show(key),
                                        AUTOENCODER));
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
