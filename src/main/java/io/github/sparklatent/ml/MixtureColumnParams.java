package io.github.sparklatent.ml;

import org.apache.spark.ml.param.Param;

/**
 * The params of a mixture that say which columns it reads and writes and how rows are placed.
 * Setters return the object itself.
 *
 * @param <S> the class that implements this
 */
public interface MixtureColumnParams<S> extends RowParams<S>, ComponentColumnParams<S> {
    default Param<String> logDensityCol() {
        return new Param<>(
                this, "logDensityCol", "log density of the row, in nats; empty: no column");
    }

    default String getLogDensityCol() {
        return $(logDensityCol());
    }

    default S setLogDensityCol(String value) {
        return with(logDensityCol(), value);
    }

    /** Sets the defaults of these params. */
    default void columnDefaults() {
        rowDefaults();
        componentColumnDefaults();
        setDefault(logDensityCol(), "");
    }

    @SuppressWarnings("unchecked")
    private <T> S with(Param<T> param, Object value) {
        return (S) set(param, (T) value);
    }
}
