package io.github.sparklatent.ml;

import io.github.sparklatent.gmm.CovarianceType;
import io.github.sparklatent.gmm.Criterion;
import io.github.sparklatent.gmm.Initialization;
import io.github.sparklatent.gmm.MixtureOptions;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;

/** The params of {@link GaussianMixture} and {@link GaussianMixtureModel}. */
public interface MixtureParams<S> extends MixtureColumnParams<S> {
    /** MLlib's default, which has no meaning here. */
    int DEFAULT_AGGREGATION_DEPTH = 2;

    /** What may choose among the restarts of one number of components; the first is the default. */
    List<String> CRITERIA = List.of("likelihood", Criterion.MUTUAL_INFORMATION.toString());

    default IntParam k() {
        return new IntParam(this, "k", "number of components, at least 1", ParamValidators.gtEq(1));
    }

    default int getK() {
        return (int) $(k());
    }

    default IntParam maxIter() {
        return new IntParam(this, "maxIter", "rounds at most, at least 1", ParamValidators.gtEq(1));
    }

    default int getMaxIter() {
        return (int) $(maxIter());
    }

    default DoubleParam tol() {
        return new DoubleParam(
                this,
                "tol",
                "rounds end when the mean log-likelihood of a row grows by less than this; 0: only"
                        + " at maxIter",
                ParamValidators.gtEq(0));
    }

    default double getTol() {
        return (double) $(tol());
    }

    default LongParam seed() {
        return new LongParam(this, "seed", "of all randomness");
    }

    default long getSeed() {
        return (long) $(seed());
    }

    default IntParam aggregationDepth() {
        return new IntParam(
                this,
                "aggregationDepth",
                "accepted for compatibility with MLlib and without effect: partial results are"
                        + " added in partition order",
                ParamValidators.gtEq(2));
    }

    default int getAggregationDepth() {
        return (int) $(aggregationDepth());
    }

    default Param<String> covarianceType() {
        return new Param<>(
                this,
                "covarianceType",
                "form of the covariances: " + names(CovarianceType.values()),
                ParamValidators.inArray(names(CovarianceType.values())));
    }

    default String getCovarianceType() {
        return $(covarianceType());
    }

    default Param<String> initMode() {
        return new Param<>(
                this,
                "initMode",
                "how the rounds start: " + names(Initialization.values()),
                ParamValidators.inArray(names(Initialization.values())));
    }

    default String getInitMode() {
        return $(initMode());
    }

    default IntParam restarts() {
        return new IntParam(
                this,
                "restarts",
                "starts tried; the best by the criterion is kept",
                ParamValidators.gtEq(1));
    }

    default int getRestarts() {
        return (int) $(restarts());
    }

    default Param<String> criterion() {
        return new Param<>(
                this,
                "criterion",
                "which of the restarts is kept: that of the greatest "
                        + String.join(" or ", CRITERIA),
                ParamValidators.inArray(CRITERIA));
    }

    default String getCriterion() {
        return $(criterion());
    }

    default DoubleParam regularization() {
        return new DoubleParam(
                this,
                "regularization",
                "added to each variance in every round, in squared units of the data",
                ParamValidators.gtEq(0));
    }

    default double getRegularization() {
        return (double) $(regularization());
    }

    default Param<String> initialModel() {
        return new Param<>(
                this,
                "initialModel",
                "path of a saved mixture to start from, ours or MLlib's; empty: none");
    }

    default String getInitialModel() {
        return $(initialModel());
    }

    /** Sets the defaults of all params; those of the fit are the core's. */
    default void defaults() {
        MixtureOptions options = MixtureOptions.DEFAULT;
        columnDefaults();
        setDefault(k(), 2);
        setDefault(maxIter(), options.stopping().maxRounds());
        setDefault(tol(), options.stopping().tolerance());
        setDefault(seed(), options.seed());
        setDefault(aggregationDepth(), DEFAULT_AGGREGATION_DEPTH);
        setDefault(covarianceType(), options.covariance().toString());
        setDefault(initMode(), options.initialization().toString());
        setDefault(restarts(), options.restarts());
        setDefault(criterion(), CRITERIA.get(0));
        setDefault(regularization(), options.regularization());
        setDefault(initialModel(), "");
    }

    private static List<String> names(Object[] values) {
        return Arrays.stream(values).map(Object::toString).toList();
    }
}
