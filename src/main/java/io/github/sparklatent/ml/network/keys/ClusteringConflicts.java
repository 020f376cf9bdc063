package io.github.sparklatent.ml.network.keys;

import io.github.sparklatent.config.Key;
import io.github.sparklatent.config.Problem;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.vae.stage.ClusteringPhase;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds conflicts between valid settings of models whose clusters are initialised from the latent
 * codes of an autoencoder.
 */
final class ClusteringConflicts {
    private static final String AUTOENCODER = ClusteringPhase.AUTOENCODER.toString();
    private static final List<Key<?>> INITIALIZATION =
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
                    "is set, but model.informationWeight is 0, so the shares would have no"
                            + " effect");
        }
    }

    /**
     * Checks the source of the clusters: a trained model, or the latent codes of an autoencoder.
     */
    private void start() {
        List<String> stages =
                StageSettings.given(settings).stream().map(StageSetting::name).toList();
        if (stages.isEmpty()) {
            return; // a model type without stages
        }
        boolean embedding = settings.findOwn(ClusteringKeys.STAGES).isPresent();
        if (settings.text("train.initialModel").isPresent()) {
            INITIALIZATION.forEach(this::hasClusters);
            hasClusters(embedding, stages);
        } else if (!stages.contains(AUTOENCODER)) {
            hasNoClusters(embedding, stages);
        } else if (stages.indexOf(AUTOENCODER) > 0 || stages.size() == 1) {
            add(
                    StagedMixtureKeys.STAGES,
                    "has the stages %s: autoencoder must be the first of at least two stages",
                    String.join(", ", stages));
        }
        int components = settings.get(LatentMixtureKeys.COMPONENTS);
        if (settings.get(ClusteringKeys.START_ROWS) < components) {
            add(
                    ClusteringKeys.START_ROWS,
                    "is %s, but model.components is %d: must be at least one row for each"
                            + " component",
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
                    "has the stages %s, but train.initialModel already has clusters: must be"
                            + " %s only",
                    String.join(", ", stages),
                    ClusteringPhase.CLUSTERING);
        } else if (stages.contains(AUTOENCODER)) {
            add(
                    StagedMixtureKeys.STAGES,
                    "has a stage %s, but train.initialModel already has clusters: remove one of"
                            + " the two",
                    AUTOENCODER);
        }
    }

    /**
     * Checks settings that provide no clusters to start from: neither an initial model nor a stage
     * {@code autoencoder}. Variational deep embedding needs clusters. The other model types may
     * start from random parameters.
     */
    private void hasNoClusters(boolean embedding, List<String> stages) {
        boolean drawn = settings.findOwn(ClassifierKeys.CLASSIFIER).isPresent();
        if (embedding && !(drawn && stages.size() == 1)) {
            add(
                    ClusteringKeys.STAGES,
                    "has no stage %s, must have one because train.initialModel is not set",
                    AUTOENCODER);
            return;
        }
        List.of(ClusteringKeys.START, ClusteringKeys.RESTARTS, ClusteringKeys.START_ROWS).stream()
                .filter(settings::isChanged)
                .forEach(
                        key ->
                                add(
                                        key,
                                        "is %s, but train.stages has no stage %s, whose latent"
                                                + " codes would be clustered",
                                        settings.show(key),
                                        AUTOENCODER));
    }

    private <T> void hasClusters(Key<T> key) {
        if (settings.isChanged(key)) {
            add(
                    key,
                    "is %s, but train.initialModel already has clusters: remove one of the"
                            + " two",
                    settings.show(key));
        }
    }

    /**
     * Reports a cross-entropy weight that has no effect, because it applies only to the stage with
     * fixed responsibilities.
     */
    private void crossEntropy() {
        boolean fixed =
                settings.findOwn(ClusteringKeys.STAGES).orElse(List.of()).stream()
                        .anyMatch(stage -> stage.name().equals(ClusteringKeys.FIXED));
        if (settings.isChanged(ClusteringKeys.CROSS_ENTROPY_WEIGHT) && !fixed) {
            add(
                    ClusteringKeys.CROSS_ENTROPY_WEIGHT,
                    "is %s, but train.stages has no stage %s, the only one that uses it",
                    settings.show(ClusteringKeys.CROSS_ENTROPY_WEIGHT),
                    ClusteringKeys.FIXED);
        }
    }
}
