package io.github.sparklatent.ml.mixture;

import static io.github.sparklatent.gmm.training.MixtureOptions.DEFAULT;

import io.github.sparklatent.config.CommonKeys;
import io.github.sparklatent.config.GroupKeys;
import io.github.sparklatent.config.Key;
import io.github.sparklatent.config.ScoreColumn;
import io.github.sparklatent.config.value.ValueTypes;
import io.github.sparklatent.gmm.bayes.WeightPrior;
import io.github.sparklatent.gmm.initialization.Initialization;
import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.gmm.robust.RobustMethod;
import io.github.sparklatent.gmm.robust.RobustOptions;
import io.github.sparklatent.gmm.stochastic.StochasticOptions;
import io.github.sparklatent.gmm.training.Criterion;
import io.github.sparklatent.gmm.training.FitMethod;
import java.util.List;
import java.util.stream.Stream;

/**
 * The keys of a Gaussian mixture beyond the common ones. The defaults are those of {@code
 * MixtureOptions}.
 */
public final class MixtureKeys {
    /** {@code model.fit}: method of fitting. */
    public static final Key<FitMethod> FIT =
            Key.of(
                            "model.fit",
                            ValueTypes.oneOf(List.of(FitMethod.values())),
                            DEFAULT.fit(),
                            "method; variational-bayes finds how many components the rows need;"
                                    + " stepwise-em saves passes")
                    .asParam("fitMethod");

    /** {@code model.weightPrior}: prior of the weights in variational Bayes. */
    public static final Key<WeightPrior> WEIGHT_PRIOR =
            Key.of(
                    "model.weightPrior",
                    ValueTypes.oneOf(List.of(WeightPrior.values())),
                    DEFAULT.bayes().weightPrior(),
                    "variational-bayes: prior of the weights");

    /** {@code model.weightConcentration}: concentration of that prior. */
    public static final Key<Double> WEIGHT_CONCENTRATION =
            Key.of(
                    "model.weightConcentration",
                    ValueTypes.notNegative(),
                    DEFAULT.bayes().concentration(),
                    "variational-bayes: if small, few components stay in use; 0: 1 / components");

    /** {@code model.meanPrecision}: rows that the mean of all rows counts as. */
    public static final Key<Double> MEAN_PRECISION =
            Key.of(
                    "model.meanPrecision",
                    ValueTypes.positive(),
                    DEFAULT.bayes().meanPrecision(),
                    "variational-bayes: rows that the mean of all rows counts as in each"
                            + " component");

    /** {@code model.robust}: how outliers are kept from the fit. */
    public static final Key<RobustMethod> ROBUST =
            Key.of(
                    "model.robust",
                    ValueTypes.oneOf(List.of(RobustMethod.values())),
                    DEFAULT.robust().method(),
                    "trim: each round leaves out the rows of lowest density; mcd: with one"
                            + " component, for anomalies");

    /** {@code model.trim}: share of the rows that a robust fit leaves out. */
    public static final Key<Double> TRIM =
            Key.of(
                    "model.trim",
                    ValueTypes.shareUpTo(RobustOptions.GREATEST_TRIM),
                    DEFAULT.robust().trim(),
                    "robust: share of the rows that each round leaves out, above that of outliers");

    /** {@code model.components}: numbers of components to try. */
    public static final Key<List<Integer>> COMPONENTS =
            Key.of(
                            "model.components",
                            ValueTypes.countsOrAuto(),
                            DEFAULT.components(),
                            "number of components; model.criterion chooses from a list, or from"
                                    + " those that auto tries")
                    .withEstimatorDefault(List.of(2)); // MLlib's default of k

    /** {@code model.covariance}: form of the covariances. */
    public static final Key<CovarianceType> COVARIANCE =
            Key.of(
                            "model.covariance",
                            ValueTypes.oneOf(List.of(CovarianceType.values())),
                            DEFAULT.covariance(),
                            "shape of the covariances; tied: one full matrix; factor, ppca:"
                                    + " loadings and noise, for many columns")
                    .asParam("covarianceType");

    /** {@code model.factors}: number of latent variables of factored covariances. */
    public static final Key<Integer> FACTORS =
            Key.of(
                    "model.factors",
                    ValueTypes.integer(1),
                    DEFAULT.factors(),
                    "factor, ppca: latent variables of each component, fewer than columns");

    /** {@code model.regularization}: variance added to every diagonal element of a covariance. */
    public static final Key<Double> REGULARIZATION =
            Key.of(
                    "model.regularization",
                    ValueTypes.notNegative(),
                    DEFAULT.regularization(),
                    "variance added to every diagonal element of a covariance");

    /** {@code model.covariancePrior}: rows that a prior adds to each covariance. */
    public static final Key<Double> COVARIANCE_PRIOR =
            Key.of(
                    "model.covariancePrior",
                    ValueTypes.notNegative(),
                    DEFAULT.covariancePrior(),
                    "rows of a typical covariance that each component gets, so that none collapses;"
                            + " 0: maximum likelihood");

    /** {@code model.initialization}: initialisation of EM. */
    public static final Key<Initialization> INITIALIZATION =
            Key.of(
                            "model.initialization",
                            ValueTypes.oneOf(List.of(Initialization.values())),
                            DEFAULT.initialization(),
                            "initialisation; varied: k-means||, then moves of the best fit and"
                                    + " random rows take turns at restarts")
                    .asParam("initMode");

    /** {@code model.criterion}: choice among several fits. */
    public static final Key<Criterion> CRITERION =
            Key.of(
                    "model.criterion",
                    ValueTypes.oneOf(List.of(Criterion.values())),
                    DEFAULT.criterion(),
                    "choice among numbers of components; holdout: by held-out rows;"
                            + " mutual-information: among restarts only");

    /** {@code train.maxRounds}: maximum number of rounds. */
    public static final Key<Integer> MAX_ROUNDS =
            Key.of(
                            "train.maxRounds",
                            ValueTypes.integer(1),
                            DEFAULT.stopping().maxRounds(),
                            "maximum number of rounds")
                    .asParam("maxIter");

    /** {@code train.tolerance}: gain of the mean log-likelihood below which training stops. */
    public static final Key<Double> TOLERANCE =
            Key.of(
                            "train.tolerance",
                            ValueTypes.notNegative(),
                            DEFAULT.stopping().tolerance(),
                            "training stops when the mean log-likelihood changes by less and has"
                                    + " less to gain; 0: only at maxRounds")
                    .asParam("tol");

    /** {@code train.acceleration}: whether rounds are extrapolated. */
    public static final Key<Boolean> ACCELERATION =
            Key.of(
                    "train.acceleration",
                    ValueTypes.truth(),
                    DEFAULT.acceleration(),
                    "whether rounds of EM are extrapolated, which saves most of them if components"
                            + " overlap");

    /** {@code train.restarts}: number of starts. */
    public static final Key<Integer> RESTARTS =
            Key.of(
                    "train.restarts",
                    ValueTypes.integer(1),
                    DEFAULT.restarts(),
                    "number of starts; the one with the greatest likelihood (or mutual"
                            + " information) is kept");

    /** {@code train.stepExponent}: how fast the steps of a pass fall. */
    public static final Key<Double> STEP_EXPONENT =
            Key.of(
                    "train.stepExponent",
                    ValueTypes.shareAbove(0.5),
                    DEFAULT.stochastic().stepExponent(),
                    "stepwise-em, gradient: exponent by which steps fall; greater: sooner less"
                            + " noise, slower");

    /** {@code train.learningRate}: learning rate of gradient ascent. */
    public static final Key<Double> LEARNING_RATE =
            Key.of(
                    "train.learningRate",
                    ValueTypes.positive(),
                    DEFAULT.stochastic().learningRate(),
                    "gradient: deviations of its component that a step of Adam moves a mean");

    /** {@code train.draws}: components drawn for each row. */
    public static final Key<Integer> DRAWS =
            Key.of(
                    "train.draws",
                    ValueTypes.integer(1, StochasticOptions.MOST_DRAWS),
                    DEFAULT.stochastic().draws(),
                    "monte-carlo-em: components drawn for each row in a round; 1 is stochastic"
                            + " EM");

    private static final List<ScoreColumn> MIXTURE_COLUMNS =
            List.of(
                    ScoreColumn.COMPONENT,
                    ScoreColumn.RESPONSIBILITIES,
                    ScoreColumn.LOG_DENSITY,
                    ScoreColumn.ANOMALY);

    private static final List<ScoreColumn> OFFERED_COLUMNS =
            Stream.concat(
                            MIXTURE_COLUMNS.stream(),
                            Stream.of(ScoreColumn.IMPUTED, ScoreColumn.OWN_MODEL))
                    .toList();

    /** {@code score.columns}: columns that scoring adds. */
    public static final Key<List<ScoreColumn>> SCORE_COLUMNS =
            CommonKeys.scoreColumns(
                    OFFERED_COLUMNS,
                    MIXTURE_COLUMNS,
                    "anomaly is -logDensity of a complete row; csv has responsibility_K and"
                            + " NAME_imputed");

    /** All keys, in the order of the reference. */
    public static final List<Key<?>> ALL =
            List.of(
                    GroupKeys.GROUP_BY,
                    GroupKeys.GROUP_ROWS,
                    COMPONENTS,
                    FIT,
                    WEIGHT_PRIOR,
                    WEIGHT_CONCENTRATION,
                    MEAN_PRECISION,
                    ROBUST,
                    TRIM,
                    COVARIANCE,
                    FACTORS,
                    REGULARIZATION,
                    COVARIANCE_PRIOR,
                    INITIALIZATION,
                    CRITERION,
                    MAX_ROUNDS,
                    TOLERANCE,
                    ACCELERATION,
                    STEP_EXPONENT,
                    LEARNING_RATE,
                    DRAWS,
                    RESTARTS,
                    CommonKeys.INITIAL_MODEL,
                    SCORE_COLUMNS,
                    CommonKeys.SAMPLE_COMPONENT,
                    CommonKeys.SAMPLE_GIVEN);

    private MixtureKeys() {}
}
