package io.github.sparklatent.ml;

import io.github.sparklatent.learn.AveragingOptions;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;

/**
 * How long a training of one stage goes on. Setters return the object itself.
 *
 * @param <S> the class that implements this
 */
public interface PassParams<S> extends Params {
    default DoubleParam maxPasses() {
        return new DoubleParam(
                this, "maxPasses", "passes over the rows at most", ParamValidators.gt(0));
    }

    default double getMaxPasses() {
        return (double) $(maxPasses());
    }

    default S setMaxPasses(double value) {
        return put(maxPasses(), value);
    }

    /** Sets the default, which is the core's. */
    default void passDefaults() {
        setDefault(maxPasses(), AveragingOptions.DEFAULT.maxPasses());
    }

    @SuppressWarnings("unchecked")
    private <T> S put(Param<T> param, Object value) {
        return (S) set(param, (T) value);
    }
}
