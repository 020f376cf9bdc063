package io.github.sparklatent.config;

import java.util.Set;

/** Rank of a key. References, help texts and the arguments in Python have basic keys first. */
public enum Level {
    /** Most jobs set it. */
    BASIC,
    ADVANCED,
    /** Needs knowledge of the method. */
    EXPERT;

    /** The basic keys, for help texts. */
    public static final String BASIC_KEYS =
            "model.type, model.components, model.covariance, model.latent, model.encoder,"
                    + " model.likelihood, data.path, data.table, data.format, data.features, data.columns, data.id, data.label,"
                    + " data.weight, data.scale, data.invalid, data.holdout.fraction, train.seed, train.maxRounds, train.maxEpochs,"
                    + " score.columns, score.alertRate, sample.rows, sample.given, output.path, output.overwrite";

    private static final Set<String> BASIC_PATHS = Set.of(BASIC_KEYS.split(", "));

    private static final Set<String> EXPERT_PATHS = Set.of(
            ("model.weightPrior model.weightConcentration model.posterior model.gradient model.gradientPenalty model.objective"
                            + " model.covariancePrior model.priorRows model.priorCovariance model.start model.trim"
                            + " model.informationWeight model.classifier model.labelSmoothing model.spectralNormalization"
                            + " model.importanceSamples model.samples score.samples score.importanceSamples"
                            + " evaluate.features.layer evaluate.features.model train.acceleration train.chainSteps"
                            + " train.leapfrogSteps train.draws train.stepExponent train.learningRate train.stages"
                            + " train.discriminatorLearningRate train.optimizer.beta1 train.optimizer.momentum"
                            + " train.optimizer.weightDecay train.optimizer.clipNorm train.outer.type"
                            + " train.outer.movingAverage train.roundsPerEpoch")
                    .split(" "));

    static Level of(String path) {
        return BASIC_PATHS.contains(path) ? BASIC : EXPERT_PATHS.contains(path) ? EXPERT : ADVANCED;
    }
}
