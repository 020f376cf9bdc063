package io.github.sparklatent.app.config;

import java.util.List;

/** The keys that a Gaussian mixture has beyond the common ones. */
final class MixtureKeys {
    static final Key<List<Integer>> COMPONENTS =
            Key.of(
                    "model.components",
                    Kinds.oneOrMore(Kinds.integer(1)),
                    List.of(10),
                    "number of components; of a list the one that the criterion prefers is kept");
    static final Key<String> COVARIANCE =
            Key.of(
                    "model.covariance",
                    Kinds.oneOf("full", "tied", "diagonal", "spherical"),
                    "full",
                    "shape of the covariances; tied: one full matrix for all components");
    static final Key<Double> REGULARIZATION =
            Key.of(
                    "model.regularization",
                    Kinds.notNegative(),
                    1e-6,
                    "variance added to every diagonal element of a covariance");
    static final Key<String> INITIALIZATION =
            Key.of(
                    "model.initialization",
                    Kinds.oneOf("k-means||", "random", "random-rows"),
                    "k-means||",
                    "start: clusters of k-means||, random responsibilities, or random rows as"
                            + " means");
    static final Key<String> CRITERION =
            Key.of(
                    "model.criterion",
                    Kinds.oneOf("bic", "aic", "holdout"),
                    "bic",
                    "what chooses among several numbers of components; holdout: the held-out"
                            + " log-likelihood");

    static final Key<Integer> MAX_ROUNDS =
            Key.of(
                    "train.maxRounds",
                    Kinds.integer(1),
                    100,
                    "rounds after which training stops in any case");
    static final Key<Double> TOLERANCE =
            Key.of(
                    "train.tolerance",
                    Kinds.notNegative(),
                    1e-4,
                    "training stops when the mean log-likelihood changes by less; 0: only at"
                            + " maxRounds");
    static final Key<Integer> RESTARTS =
            Key.of(
                    "train.restarts",
                    Kinds.integer(1),
                    1,
                    "starts with different random streams; the best is kept");

    private static final List<ScoreColumn> MIXTURE_COLUMNS =
            List.of(
                    ScoreColumn.COMPONENT,
                    ScoreColumn.RESPONSIBILITIES,
                    ScoreColumn.LOG_DENSITY,
                    ScoreColumn.ANOMALY);
    static final Key<List<ScoreColumn>> SCORE_COLUMNS =
            Key.of(
                    "score.columns",
                    Kinds.oneOrMore(Kinds.oneOf(MIXTURE_COLUMNS)),
                    MIXTURE_COLUMNS,
                    "columns that score adds; anomaly is -logDensity");
    static final Key<Integer> SAMPLE_COMPONENT =
            Key.optional(
                    "sample.component",
                    Kinds.integer(0),
                    "all, by their weights",
                    "component to draw from, from 0");

    static final List<Key<?>> ALL =
            List.of(
                    COMPONENTS,
                    COVARIANCE,
                    REGULARIZATION,
                    INITIALIZATION,
                    CRITERION,
                    MAX_ROUNDS,
                    TOLERANCE,
                    RESTARTS,
                    SCORE_COLUMNS,
                    SAMPLE_COMPONENT);

    private MixtureKeys() {}
}
