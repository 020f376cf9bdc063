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

    /** Returns the Param {@code k}: {@link #components()} as one number. */
    default IntParam k() {
        return new IntParam(this, "k", "number of components, at least 1", ParamValidators.gtEq(1));
    }

    /**
     * Returns the number of components; the first one if {@link #components()} has several, and 0 if they are searched
     * for.
     */
    default int getK() {
        if (isSet(k()) || !isSet(components())) {
            return (int) $(k());
        }
        return getComponents()[0].matches("\\d+") ? Integer.parseInt(getComponents()[0]) : 0;
    }

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

    /** Sets the defaults of these Params. */
    default void mllibDefaults() {
        setDefault(k(), Integer.parseInt(getComponents()[0]));
        setDefault(aggregationDepth(), DEFAULT_AGGREGATION_DEPTH);
    }
}
