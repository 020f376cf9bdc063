package io.github.sparklatent.ml;

import java.util.List;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;

/**
 * The params that say how rows are damaged while a network learns to mend them. Setters return the
 * object itself.
 *
 * @param <S> the class that implements this
 */
public interface CorruptionParams<S> extends Params {
    default Param<String> corruption() {
        return new Param<>(
                this,
                "corruption",
                "of rows before they are encoded, while training: none, gaussian, masking",
                ParamValidators.inArray(List.of("none", "gaussian", "masking")));
    }

    default String getCorruption() {
        return $(corruption());
    }

    default S setCorruption(String value) {
        return put(corruption(), value);
    }

    default DoubleParam corruptionLevel() {
        return new DoubleParam(
                this,
                "corruptionLevel",
                "deviation of the noise, or share of the values masked",
                ParamValidators.gtEq(0));
    }

    default double getCorruptionLevel() {
        return (double) $(corruptionLevel());
    }

    default S setCorruptionLevel(double value) {
        return put(corruptionLevel(), value);
    }

    /** Sets the defaults of these params. */
    default void corruptionDefaults() {
        setDefault(corruption(), "none");
        setDefault(corruptionLevel(), 0.0);
    }

    @SuppressWarnings("unchecked")
    private <T> S put(Param<T> param, Object value) {
        return (S) set(param, (T) value);
    }
}
