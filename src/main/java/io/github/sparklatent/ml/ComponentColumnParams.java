package io.github.sparklatent.ml;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * The params that name the columns of a model whose rows belong to components. Setters return the
 * object itself; a column whose name is empty is not made.
 *
 * @param <S> the class that implements this
 */
public interface ComponentColumnParams<S> extends Params {
    default Param<String> predictionCol() {
        return new Param<>(
                this, "predictionCol", "the most probable component, from 0; empty: no column");
    }

    default String getPredictionCol() {
        return $(predictionCol());
    }

    default S setPredictionCol(String value) {
        return put(predictionCol(), value);
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
        return put(probabilityCol(), value);
    }

    /** Sets the defaults of these params. */
    default void componentColumnDefaults() {
        setDefault(predictionCol(), "prediction");
        setDefault(probabilityCol(), "probability");
    }

    @SuppressWarnings("unchecked")
    private <T> S put(Param<T> param, Object value) {
        return (S) set(param, (T) value);
    }
}
