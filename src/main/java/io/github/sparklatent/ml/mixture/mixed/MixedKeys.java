package io.github.sparklatent.ml.mixture.mixed;

import static io.github.sparklatent.mixture.MixedOptions.DEFAULT;

import io.github.sparklatent.cluster.table.Invalid;
import io.github.sparklatent.config.CommonKeys;
import io.github.sparklatent.config.GroupKeys;
import io.github.sparklatent.config.Key;
import io.github.sparklatent.config.ScoreColumn;
import io.github.sparklatent.config.value.ValueTypes;
import io.github.sparklatent.gmm.initialization.Initialization;
import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.gmm.training.Criterion;
import io.github.sparklatent.gmm.training.FitMethod;
import io.github.sparklatent.mixture.CellFamily;
import io.github.sparklatent.mixture.Missingness;
import io.github.sparklatent.mixture.MixedOptions;
import io.github.sparklatent.ml.mixture.MixtureKeys;
import java.util.List;
import java.util.Map;

/**
 * The keys of a mixture of columns of several types beyond the common ones. The defaults are those
 * of {@code MixedOptions}.
 */
public final class MixedKeys {
    /** {@code model.components}: numbers of components to try. */
    public static final Key<List<Integer>> COMPONENTS =
            MixtureKeys.COMPONENTS.withDefault(DEFAULT.components());

    /** {@code model.fit}: method of fitting. */
    public static final Key<FitMethod> FIT =
            Key.of(
                            "model.fit",
                            ValueTypes.oneOf(MixedOptions.FITS),
                            DEFAULT.fit(),
                            "method; stepwise-em saves passes over a large table")
                    .asParam("fitMethod");

    /** {@code model.covariance}: form of the covariances of the numbers. */
    public static final Key<CovarianceType> COVARIANCE =
            MixtureKeys.COVARIANCE.withDefault(DEFAULT.covariance());

    /** {@code model.numbers}: family of the columns of numbers. */
    public static final Key<CellFamily> NUMBERS =
            Key.of(
                    "model.numbers",
                    ValueTypes.oneOf(
                            List.of(
                                    CellFamily.GAUSSIAN,
                                    CellFamily.STUDENT_T,
                                    CellFamily.HISTOGRAM)),
                    CellFamily.GAUSSIAN,
                    "family of numbers within a component; student-t: with outliers; histogram: of"
                            + " any distribution");

    /** {@code model.counts}: family of the columns of counts. */
    public static final Key<CellFamily> COUNTS =
            Key.of(
                    "model.counts",
                    ValueTypes.oneOf(
                            List.of(
                                    CellFamily.POISSON,
                                    CellFamily.NEGATIVE_BINOMIAL,
                                    CellFamily.ZERO_INFLATED_POISSON,
                                    CellFamily.ZERO_INFLATED_NEGATIVE_BINOMIAL,
                                    CellFamily.HISTOGRAM)),
                    CellFamily.NEGATIVE_BINOMIAL,
                    "family of counts within a component; zero-inflated: with more zeros");

    /** {@code model.families}: family of single columns. */
    public static final Key<Map<String, CellFamily>> FAMILIES =
            Key.optional(
                    "model.families",
                    ValueTypes.namedChoices("family", List.of(CellFamily.values())),
                    "by the type of the column",
                    "family of single columns, { NAME = poisson }; categorical: codes from 0 on");

    /** {@code model.missing}: what missing cells say. */
    public static final Key<Missingness> MISSING =
            Key.of(
                            "model.missing",
                            ValueTypes.oneOf(List.of(Missingness.values())),
                            DEFAULT.missing(),
                            "missing cells; informative: each component has a probability that a"
                                    + " cell is missing")
                    .asParam("missingness");

    /** {@code model.priorRows}: rows that a prior adds to each component. */
    public static final Key<Double> PRIOR_ROWS =
            Key.of(
                    "model.priorRows",
                    ValueTypes.notNegative(),
                    DEFAULT.priorRows(),
                    "rows like the whole table that each component gets, so that none collapses;"
                            + " 0: none");

    /** {@code model.initialization}: initialisation of EM. */
    public static final Key<Initialization> INITIALIZATION =
            Key.of(
                            "model.initialization",
                            ValueTypes.oneOf(MixedOptions.INITIALIZATIONS),
                            DEFAULT.initialization(),
                            "initialisation; varied: k-means|| up to 256 components, in turn with"
                                    + " random rows at restarts")
                    .asParam("initMode");

    /** {@code model.criterion}: choice among several fits. */
    public static final Key<Criterion> CRITERION =
            MixtureKeys.CRITERION.withAbsent("holdout if rows are held out, else bic");

    /** {@code data.invalid}: missing cells are summed out, so rows with some are kept. */
    static final Key<Invalid> INVALID = CommonKeys.INVALID.withDefault(Invalid.KEEP);

    /** All keys, in the order of the reference. */
    static final List<Key<?>> ALL =
            List.of(
                    INVALID,
                    GroupKeys.GROUP_BY,
                    GroupKeys.GROUP_ROWS,
                    COMPONENTS,
                    FIT,
                    COVARIANCE,
                    MixtureKeys.FACTORS,
                    NUMBERS,
                    COUNTS,
                    FAMILIES,
                    MISSING,
                    PRIOR_ROWS,
                    INITIALIZATION,
                    CRITERION,
                    MixtureKeys.MAX_ROUNDS,
                    MixtureKeys.TOLERANCE,
                    MixtureKeys.STEP_EXPONENT,
                    MixtureKeys.RESTARTS,
                    CommonKeys.INITIAL_MODEL,
                    MixtureKeys.SCORE_COLUMNS,
                    CommonKeys.SAMPLE_COMPONENT,
                    CommonKeys.SAMPLE_GIVEN,
                    CommonKeys.SAMPLE_MISSING);

    /** Columns that a model can add. */
    static final List<ScoreColumn> COLUMNS =
            List.of(
                    ScoreColumn.COMPONENT,
                    ScoreColumn.RESPONSIBILITIES,
                    ScoreColumn.LOG_DENSITY,
                    ScoreColumn.IMPUTED,
                    ScoreColumn.ANOMALY);

    private MixedKeys() {}
}
