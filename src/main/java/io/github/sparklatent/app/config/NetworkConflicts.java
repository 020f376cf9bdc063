package io.github.sparklatent.app.config;

import io.github.sparklatent.cluster.Scale;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Values of a network's configuration that are right one by one and wrong together. */
final class NetworkConflicts {
    private static final String GIVEN_FOR_NOTHING = "is %s, but %s is %s, which has none";

    private final Settings settings;
    private final List<Problem> problems = new ArrayList<>();

    private NetworkConflicts(Settings settings) {
        this.settings = settings;
    }

    static List<Problem> in(Settings settings) {
        NetworkConflicts conflicts = new NetworkConflicts(settings);
        conflicts.data();
        conflicts.architecture();
        conflicts.likelihood();
        conflicts.bound();
        conflicts.rounds();
        conflicts.optimizer();
        return conflicts.problems;
    }

    private void add(Key<?> key, String predicate, Object... values) {
        problems.add(settings.problem(key, predicate.formatted(values)));
    }

    private void data() {
        if (settings.get(CommonKeys.INVALID) == InvalidRows.KEEP) {
            add(
                    CommonKeys.INVALID,
                    "is keep, but a network cannot hold missing values: must be error or skip");
        }
        boolean measured =
                settings.isGiven(AveragingKeys.PATIENCE)
                        && settings.get(AveragingKeys.PATIENCE) > 0;
        if (measured && HoldoutSection.of(settings).isEmpty()) {
            add(
                    AveragingKeys.PATIENCE,
                    "is %s, but no rows are held out: data.holdout needs a fraction > 0 or a path",
                    settings.show(AveragingKeys.PATIENCE));
        }
    }

    private void architecture() {
        boolean images = settings.get(CommonKeys.DATA_FORMAT).isImages();
        for (Key<List<LayerSetting>> key : List.of(NetworkKeys.ENCODER, NetworkKeys.DECODER)) {
            List<LayerSetting> layers = settings.find(key).orElse(List.of());
            boolean convolution = layers.stream().anyMatch(LayerSetting::isConvolution);
            if (convolution && settings.find(NetworkKeys.IMAGE).isEmpty() && !images) {
                add(key, "has a convolution, which needs model.image = [channels, height, width]");
            }
            boolean inward = key == NetworkKeys.ENCODER;
            for (int i = 1; i < layers.size(); i++) {
                LayerSetting outer = layers.get(inward ? i : i - 1);
                LayerSetting inner = layers.get(inward ? i - 1 : i);
                if (outer.isConvolution() && !inner.isConvolution()) {
                    add(
                            key,
                            inward
                                    ? "has a convolution behind a dense layer: must be before it"
                                    : "has a convolution before a dense layer: must be behind it");
                    break;
                }
            }
        }
    }

    private void likelihood() {
        List<LikelihoodSetting> groups = settings.get(NetworkKeys.LIKELIHOOD);
        if (settings.get(NetworkKeys.BINARIZE)
                && groups.stream().anyMatch(group -> !group.type().equals("bernoulli"))) {
            add(
                    NetworkKeys.BINARIZE,
                    "is true, but model.likelihood is not bernoulli: only such values can be drawn"
                            + " as 0 or 1");
        }
        Scale scale = settings.get(CommonKeys.SCALE);
        Set<String> unscaled = Set.of("poisson", "categorical");
        boolean none = groups.stream().allMatch(group -> unscaled.contains(group.type()));
        if (scale == Scale.STANDARD && groups.stream().allMatch(g -> g.type().equals("bernoulli"))
                || scale != Scale.NONE && none
                || scale == Scale.UNIT && groups.size() > 1) {
            add(
                    CommonKeys.SCALE,
                    "is %s, which leaves no values that model.likelihood = %s can be of",
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
                    "is score-function, but model.samples is %d: each sample is measured against"
                            + " the others, so there must be 2 or more",
                    samples);
        }
        if (iwae && samples < 2) {
            add(
                    VariationalKeys.OBJECTIVE,
                    "is iwae, but model.samples is %d: with one sample that is the elbo",
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
                    "is %s, but model.objective is iwae, which has no divergence of a variable:"
                            + " must be 0",
                    settings.show(VariationalKeys.FREE_BITS));
        }
    }

    private void rounds() {
        if (settings.isGiven(AveragingKeys.LOCAL_STEPS)
                && settings.isGiven(AveragingKeys.ROUNDS_PER_PASS)) {
            add(
                    AveragingKeys.LOCAL_STEPS,
                    "is %s, but train.roundsPerPass says already how long a round is: one of the"
                            + " two must go",
                    settings.show(AveragingKeys.LOCAL_STEPS));
        }
        if (settings.get(AveragingKeys.OUTER).equals("average")) {
            Stream.of(
                            AveragingKeys.OUTER_RATE,
                            AveragingKeys.OUTER_MOMENTUM,
                            AveragingKeys.OUTER_WARM_UP)
                    .filter(settings::isGiven)
                    .forEach(key -> forNothing(key, AveragingKeys.OUTER));
        }
        only(AveragingKeys.OUTER, AveragingKeys.OUTER_SECOND_DECAY, "adam");
        only(AveragingKeys.OUTER, AveragingKeys.OUTER_EPSILON, "adam");
    }

    private void optimizer() {
        only(OptimizerKeys.TYPE, OptimizerKeys.MOMENTUM, "sgd");
        only(OptimizerKeys.TYPE, OptimizerKeys.FIRST_DECAY, "adam", "adamw");
        only(OptimizerKeys.TYPE, OptimizerKeys.SECOND_DECAY, "rmsprop", "adam", "adamw");
        only(OptimizerKeys.TYPE, OptimizerKeys.EPSILON, "rmsprop", "adam", "adamw");
        only(OptimizerKeys.SCHEDULE, OptimizerKeys.FACTOR, "step");
        only(OptimizerKeys.SCHEDULE, OptimizerKeys.EVERY, "step");
        only(OptimizerKeys.SCHEDULE, OptimizerKeys.SHARE, "cosine", "linear");
        only(OptimizerKeys.SCHEDULE, OptimizerKeys.LEAST, "cosine", "linear");
    }

    /** A key that has an effect for some values of another only. */
    private void only(Key<String> type, Key<?> key, String... types) {
        if (settings.isGiven(key) && !List.of(types).contains(settings.get(type))) {
            forNothing(key, type);
        }
    }

    private <T> void forNothing(Key<T> key, Key<String> type) {
        add(key, GIVEN_FOR_NOTHING, settings.show(key), type, settings.show(type));
    }
}
