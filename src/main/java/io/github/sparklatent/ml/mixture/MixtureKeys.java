package io.github.sparklatent.ml.mixture;

import static io.github.sparklatent.gmm.training.MixtureOptions.DEFAULT;

import io.github.sparklatent.config.CommonKeys;
import io.github.sparklatent.config.Key;
import io.github.sparklatent.config.ScoreColumn;
import io.github.sparklatent.config.value.ValueTypes;
import io.github.sparklatent.gmm.initialization.Initialization;
import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.gmm.training.Criterion;
import java.util.List;

/**
 * The keys that a Gaussian mixture has beyond the common ones; the defaults are those of its
 * options.
 */
public final class MixtureKeys {
    public static final Key<List<Integer>> COMPONENTS =
            Key.of(
                    "model.components",
                    ValueTypes.oneOrMore(ValueTypes.integer(1)),
                    DEFAULT.components(),
                    "number of components; of a list the one that the criterion prefers is kept");
    public static final Key<CovarianceType> COVARIANCE =
            Key.of(
                            "model.covariance",
                            ValueTypes.oneOf(List.of(CovarianceType.values())),
                            DEFAULT.covariance(),
                            "shape of the covariances; tied: one full matrix for all components")
                    .asParam("covarianceType");
    public static final Key<Double> REGULARIZATION =
            Key.of(
                    "model.regularization",
                    ValueTypes.notNegative(),
                    DEFAULT.regularization(),
                    "variance added to every diagonal element of a covariance");
    public static final Key<Initialization> INITIALIZATION =
            Key.of(
                            "model.initialization",
                            ValueTypes.oneOf(List.of(Initialization.values())),
                            DEFAULT.initialization(),
                            "start: k-means||, random responsibilities, random rows, or twice the"
                                    + " components, joined by information")
                    .asParam("initMode");
    public static final Key<Criterion> CRITERION =
            Key.of(
                    "model.criterion",
                    ValueTypes.oneOf(List.of(Criterion.values())),
                    DEFAULT.criterion(),
                    "chooses among numbers of components, holdout by held-out rows;"
                            + " mutual-information among restarts");

    public static final Key<Integer> MAX_ROUNDS =
            Key.of(
                            "train.maxRounds",
                            ValueTypes.integer(1),
                            DEFAULT.stopping().maxRounds(),
                            "rounds after which training stops in any case")
                    .asParam("maxIter");
    public static final Key<Double> TOLERANCE =
            Key.of(
                            "train.tolerance",
                            ValueTypes.notNegative(),
                            DEFAULT.stopping().tolerance(),
                            "training stops when the mean log-likelihood changes by less; 0: only"
                                    + " at maxRounds")
                    .asParam("tol");
    public static final Key<Integer> RESTARTS =
            Key.of(
                    "train.restarts",
                    ValueTypes.integer(1),
                    DEFAULT.restarts(),
                    "starts with different random streams; the likeliest is kept, or the best by"
                            + " mutual information");

    private static final List<ScoreColumn> MIXTURE_COLUMNS =
            List.of(
                    ScoreColumn.COMPONENT,
                    ScoreColumn.RESPONSIBILITIES,
                    ScoreColumn.LOG_DENSITY,
                    ScoreColumn.ANOMALY);
    public static final Key<List<ScoreColumn>> SCORE_COLUMNS =
            CommonKeys.scoreColumns(
                    MIXTURE_COLUMNS,
                    MIXTURE_COLUMNS,
                    "anomaly is -logDensity; csv has a responsibility_K" + " for each component");
    public static final List<Key<?>> ALL =
            List.of(
                    COMPONENTS,
                    COVARIANCE,
                    REGULARIZATION,
                    INITIALIZATION,
                    CRITERION,
                    MAX_ROUNDS,
                    TOLERANCE,
                    RESTARTS,
                    CommonKeys.INITIAL_MODEL,
                    SCORE_COLUMNS,
                    CommonKeys.SAMPLE_COMPONENT);

    private MixtureKeys() {}
}
