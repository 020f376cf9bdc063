package io.github.sparklatent.settings;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Keys and Params of the release before: those that have another name, and those that are constants now. */
public final class FormerNames {
    /** Other names of keys. */
    private static final Map<String, String> KEYS = Map.of("train.estimator", "model.gradient");

    /** Values of former keys. */
    private static final Map<String, String> CONSTANTS = Map.ofEntries(
            Map.entry("evaluate.features.rows", "10000"),
            Map.entry("evaluate.imageRange", "1, or the range of the rows' values"),
            Map.entry("evaluate.synthesis.classifier", "forest"),
            Map.entry("gate.confidence", "0.95"),
            Map.entry("gate.drift", "0.1"),
            Map.entry("gate.maxRows", "100000"),
            Map.entry("gate.missingIncrease", "0.1; gate.checks = false lifts it"),
            Map.entry("gate.rowsShare", "0.5; gate.checks = false lifts it"),
            Map.entry("gate.shift", "3; gate.checks = false lifts it"),
            Map.entry("gate.stretch", "10; gate.checks = false lifts it"),
            Map.entry("model.adversarialTarget", "samples"),
            Map.entry("model.crossEntropyWeight", "10"),
            Map.entry("model.meanPrecision", "1"),
            Map.entry("model.reconstructionWeight", "1"),
            Map.entry("registry.coldAfter", "3"),
            Map.entry("train.optimizer.beta2", "0.999, for rmsprop 0.99"),
            Map.entry("train.optimizer.epsilon", "1e-8"),
            Map.entry("train.optimizer.moments", "average"),
            Map.entry("train.optimizer.schedule.warmUpEpochs", "0"),
            Map.entry("train.optimizer.weightDecay", "0, for adamw 0.01"),
            Map.entry("train.outer.beta2", "0.99"),
            Map.entry("train.outer.epsilon", "1e-3"),
            Map.entry("train.outer.learningRate", "0.7, for momentum 1, for adam 0.01"),
            Map.entry("train.outer.momentum", "0.9, for momentum 0.5"),
            Map.entry("train.outer.warmUpEpochs", "1"),
            Map.entry("train.startRows", "10000"),
            Map.entry("train.targetAcceptance", "0.65"));

    /** Keys without a successor, and the advice. */
    private static final Map<String, String> GONE = Map.of(
            "data.placed",
            "each training reads its table; if that takes long, write the columns it needs to Parquet once");

    /** Other names of Params. */
    private static final Map<String, String> PARAMS = Map.of(
            "anomalyCol", "anomalyScoreCol",
            "components", "k",
            "covarianceType", "covariance",
            "gradientEstimator", "gradient",
            "invalid", "handleInvalid",
            "missingness", "missing",
            "posteriorForm", "posterior");

    /** Other names of classes, as the metadata of saved models has them. */
    private static final Map<String, String> CLASSES = Map.of("mixed.MixedTypeMixture", "mixed.Mixture");

    /** Params of the former keys, whose values saved models have. */
    private static final List<String> SKIPPED = List.of(
            "adversarialTarget",
            "beta2",
            "crossEntropyWeight",
            "epsilon",
            "featureRows",
            "meanPrecision",
            "moments",
            "outerBeta2",
            "outerEpsilon",
            "outerLearningRate",
            "outerMomentum",
            "outerWarmUpEpochs",
            "reconstructionWeight",
            "scheduleWarmUpEpochs",
            "startRows",
            "targetAcceptance",
            "weightDecay");

    private FormerNames() {}

    /** Returns a sentence about a former key; empty if the path is none. */
    public static Optional<String> sentence(String path) {
        return Optional.ofNullable(KEYS.get(path))
                .map(key -> path + " is now called " + key + ": rename the key")
                .or(() -> Optional.ofNullable(CONSTANTS.get(path))
                        .map(value -> path + " is a constant now, " + value + ": remove the key"))
                .or(() -> Optional.ofNullable(GONE.get(path)).map(reason -> path + " is gone: " + reason));
    }

    /**
     * Returns the name of a Param by its name of this release or of the one before.
     *
     * @param isKnown whether this release has a Param, which then keeps its name
     */
    public static String currentParam(String name, Predicate<String> isKnown) {
        return isKnown.test(name) ? name : PARAMS.getOrDefault(name, name);
    }

    /** Returns the metadata of a saved model with the names of the classes of this release. */
    public static String currentClasses(String metadata) {
        String current = metadata;
        for (Map.Entry<String, String> name : CLASSES.entrySet()) {
            current = current.replace(
                    "\"class\":\"io.github.sparklatent.ml.mixture." + name.getKey(),
                    "\"class\":\"io.github.sparklatent.ml.mixture." + name.getValue());
        }
        return current;
    }

    /** Returns the names of the Params that loading a saved model skips. */
    public static List<String> skippedParams() {
        return SKIPPED;
    }
}
