package io.github.sparklatent.config;

import static io.github.sparklatent.gmm.MixtureOptions.DEFAULT;

import io.github.sparklatent.gmm.CovarianceType;
import io.github.sparklatent.gmm.Criterion;
import io.github.sparklatent.gmm.Initialization;
import java.util.List;

/**
 * The keys that a Gaussian mixture has beyond the common ones; the defaults are those of its
 * options.
 */
final class MixtureKeys {
    static final Key<List<Integer>> COMPONENTS =
            Key.of(
                    "model.components",
                    Kinds.oneOrMore(Kinds.integer(1)),
                    DEFAULT.components(),
                    "number of components; of a list the one that the criterion prefers is kept");
    static final Key<CovarianceType> COVARIANCE =
            Key.of(
                    "model.covariance",
                    Kinds.oneOf(List.of(CovarianceType.values())),
                    DEFAULT.covariance(),
                    "shape of the covariances; tied: one full matrix for all components");
    static final Key<Double> REGULARIZATION =
            Key.of(
                    "model.regularization",
                    Kinds.notNegative(),
                    DEFAULT.regularization(),
                    "variance added to every diagonal element of a covariance");
    static final Key<Initialization> INITIALIZATION =
            Key.of(
                    "model.initialization",
                    Kinds.oneOf(List.of(Initialization.values())),
                    DEFAULT.initialization(),
                    "start: k-means||, random responsibilities, random rows, or twice the"
                            + " components, joined by information");
    static final Key<Criterion> CRITERION =
            Key.of(
                    "model.criterion",
                    Kinds.oneOf(List.of(Criterion.values())),
                    DEFAULT.criterion(),
                    "chooses among numbers of components, holdout by held-out rows;"
                            + " mutual-information among restarts");

    static final Key<Integer> MAX_ROUNDS =
            Key.of(
                    "train.maxRounds",
                    Kinds.integer(1),
                    DEFAULT.stopping().maxRounds(),
                    "rounds after which training stops in any case");
    static final Key<Double> TOLERANCE =
            Key.of(
                    "train.tolerance",
                    Kinds.notNegative(),
                    DEFAULT.stopping().tolerance(),
                    "training stops when the mean log-likelihood changes by less; 0: only at"
                            + " maxRounds");
    static final Key<Integer> RESTARTS =
            Key.of(
                    "train.restarts",
                    Kinds.integer(1),
                    DEFAULT.restarts(),
                    "starts with different random streams; the likeliest is kept, or the best by"
                            + " mutual information");

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
                    "columns that score adds; anomaly is -logDensity; csv has a responsibility_K"
                            + " for each component");
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
