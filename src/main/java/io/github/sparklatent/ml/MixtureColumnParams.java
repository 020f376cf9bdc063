package io.github.sparklatent.ml;

import org.apache.spark.ml.param.Param;

/**
 * The params of a mixture that say which columns it reads and writes and how rows are placed.
 * Setters return the object itself.
 *
 * @param <S> the class that implements this
 */
public interface MixtureColumnParams<S> extends RowParams<S> {
    default Param<String> predictionCol() {
        return new Param<>(
                this, "predictionCol", "the most probable component, from 0; empty: no column");
    }

    default String getPredictionCol() {
        return $(predictionCol());
    }

    default S setPredictionCol(String value) {
        return with(predictionCol(), value);
    }

    default Param<String> probabilityCol() {
        return new Param<>(
                this,
                "probabilityCol",
                "probability of each component, a vector; empty: no column");
    }

    default String getProbabilityCol() {
        return $(probabilityCol());
    }

    default S setProbabilityCol(String value) {
        return with(probabilityCol(), value);
    }

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
        setDefault(predictionCol(), "prediction");
        setDefault(probabilityCol(), "probability");
        setDefault(logDensityCol(), "");
    }

    @SuppressWarnings("unchecked")
    private <T> S with(Param<T> param, Object value) {
        return (S) set(param, (T) value);
    }
}
