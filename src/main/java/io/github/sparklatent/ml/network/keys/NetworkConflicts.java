package io.github.sparklatent.ml.network.keys;

import io.github.sparklatent.cluster.table.Scale;
import io.github.sparklatent.config.Key;
import io.github.sparklatent.config.Problem;
import io.github.sparklatent.config.ScoreColumn;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.ml.network.values.LikelihoodSetting;
import java.util.ArrayList;
import java.util.List;

/** Finds conflicts between valid settings of a network. */
final class NetworkConflicts {
    private final Settings settings;
    private final List<Problem> problems = new ArrayList<>();

    private NetworkConflicts(Settings settings) {
        this.settings = settings;
    }

    static List<Problem> in(Settings settings) {
        NetworkConflicts conflicts = new NetworkConflicts(settings);
        conflicts.data();
        conflicts.likelihood();
        conflicts.bound();
        conflicts.problems.addAll(TrainingConflicts.in(settings));
        conflicts.problems.addAll(ArchitectureConflicts.in(settings));
        conflicts.problems.addAll(AdversaryConflicts.in(settings));
        conflicts.problems.addAll(ClusteringConflicts.in(settings));
        conflicts.problems.addAll(EvaluateConflicts.in(settings));
        return conflicts.problems;
    }

    private void add(String key, String predicate, Object... values) {
        problems.add(settings.problem(key, predicate.formatted(values)));
    }

    private void add(Key<?> key, String predicate, Object... values) {
        problems.add(settings.problem(key, predicate.formatted(values)));
    }

    private void data() {
        if (!settings.is("data.invalid", "keep")) {
            return;
        }
        String type = settings.schema().type().type();
        if (!settings.schema().type().columns().contains(ScoreColumn.IMPUTED)) {
            add(
                    "data.invalid",
                    "is keep, but %s needs complete rows: must be error or skip, or model.type vae"
                            + " or mog-vae",
                    type);
        } else if (StageSettings.anyAdversarial(settings)) {
            add(
                    "data.invalid",
                    "is keep, but the discriminator of train.stages needs complete rows: must be"
                            + " error or skip, or adversarialWeight 0");
        }
        if (EvaluateSettings.of(settings).hasFeatures()) {
            add(
                    "data.invalid",
                    "is keep, but evaluate.features compares complete rows: must be error or skip,"
                            + " or evaluate.features none");
        }
        if (settings.find(EvaluateKeys.IMAGE_RANGE).isPresent()) {
            add(
                    "data.invalid",
                    "is keep, but evaluate.imageRange is set, which compares complete images: must"
                            + " be error or skip");
        }
    }

    private void likelihood() {
        List<LikelihoodSetting> groups = settings.get(NetworkKeys.LIKELIHOOD);
        if (settings.get(NetworkKeys.BINARIZE)
                && groups.stream().anyMatch(group -> !group.type().equals("bernoulli"))) {
            add(
                    NetworkKeys.BINARIZE,
                    "is true, but model.likelihood is not bernoulli: only its values can be drawn"
                            + " as 0 or 1");
        }
        Scale scale = settings.get("data.scale", Scale.class);
        boolean none = groups.stream().noneMatch(LikelihoodSetting::isScalable);
        if (scale == Scale.STANDARD && groups.stream().allMatch(g -> g.type().equals("bernoulli"))
                || scale != Scale.NONE && none
                || scale == Scale.UNIT && groups.size() > 1) {
            add(
                    "data.scale",
                    "is %s, but the scaled values are not valid for model.likelihood = %s",
                    scale,
                    settings.show(NetworkKeys.LIKELIHOOD));
        }
        boolean noise = !settings.get(NetworkKeys.CORRUPTION).equals("none");
        double level = settings.get(NetworkKeys.CORRUPTION_LEVEL);
        if (noise && level == 0) {
            add(
                    NetworkKeys.CORRUPTION,
                    "is %s, but model.corruption.level is 0: must be above 0",
                    settings.show(NetworkKeys.CORRUPTION));
        } else if (!noise && level > 0) {
            add(
                    NetworkKeys.CORRUPTION_LEVEL,
                    "is %s, but model.corruption.type is none",
                    settings.show(NetworkKeys.CORRUPTION_LEVEL));
        } else if (settings.get(NetworkKeys.CORRUPTION).equals("masking") && level >= 1) {
            add(
                    NetworkKeys.CORRUPTION_LEVEL,
                    "is %s, but model.corruption.type is masking: must be a share below 1",
                    settings.show(NetworkKeys.CORRUPTION_LEVEL));
        }
    }

    private void bound() {
        int samples = settings.get(VariationalKeys.SAMPLES);
        boolean score = settings.get(VariationalKeys.GRADIENT).equals("score-function");
        boolean iwae = settings.get(VariationalKeys.OBJECTIVE).equals("iwae");
        if (score && samples < 2) {
            add(
                    VariationalKeys.GRADIENT,
                    "is score-function, but model.samples is %d: each sample is compared with"
                            + " the others, so there must be at least 2",
                    samples);
        }
        if (iwae && samples < 2) {
            add(
                    VariationalKeys.OBJECTIVE,
                    "is iwae, but model.samples is %d: must be at least 2, or model.objective elbo",
                    samples);
        }
        if (!iwae) {
            return;
        }
        if (score) {
            add(
                    VariationalKeys.GRADIENT,
                    "is score-function, but model.objective is iwae: must be reparameterized");
        }
        if (settings.get(VariationalKeys.FREE_BITS) > 0) {
            add(
                    VariationalKeys.FREE_BITS,
                    "is %s, but model.objective is iwae, which has no divergence by variable:"
                            + " must be 0",
                    settings.show(VariationalKeys.FREE_BITS));
        }
    }
}
