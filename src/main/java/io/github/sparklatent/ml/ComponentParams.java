package io.github.sparklatent.ml;

import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;

/**
 * The params of a network whose rows belong to components. Setters return the object itself.
 *
 * @param <S> the class that implements this
 */
public interface ComponentParams<S> extends ComponentColumnParams<S> {
    default IntParam k() {
        return new IntParam(this, "k", "number of components, at least 2", ParamValidators.gtEq(2));
    }

    default int getK() {
        return (int) $(k());
    }

    default S setK(int value) {
        return put(k(), value);
    }

    /** Sets the defaults of these params. */
    default void componentDefaults() {
        componentColumnDefaults();
        setDefault(k(), 2);
    }

    @SuppressWarnings("unchecked")
    private <T> S put(Param<T> param, Object value) {
        return (S) set(param, (T) value);
    }
}
