package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.ml.params.GaussianMixtureParams;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.ParamValidators;

/**
 * The Params of MLlib's Gaussian mixture that are not hyperparameters of this library.
 *
 * @param <S> the class that implements this interface
 */
public interface MllibMixtureParams<S> extends GaussianMixtureParams<S> {
    /** MLlib's default of {@code aggregationDepth}, which has no effect here. */
    int DEFAULT_AGGREGATION_DEPTH = 2;

    /** Returns the Param {@code aggregationDepth}, which has no effect. */
    default IntParam aggregationDepth() {
        return new IntParam(
                this,
                "aggregationDepth",
                "accepted for compatibility with MLlib and without effect: partial results are"
                        + " added in partition order",
                ParamValidators.gtEq(2));
    }

    /** Returns the value of {@link #aggregationDepth()}. */
    default int getAggregationDepth() {
        return (int) $(aggregationDepth());
    }
}
