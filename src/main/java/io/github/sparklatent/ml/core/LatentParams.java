package io.github.sparklatent.ml.core;

import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.config.ModelType;
import org.apache.spark.ml.param.Param;

/**
 * The Params of all models of this library. They are generated from the declarations of the settings, those of one type
 * of model from the options of the type, see {@link ModelType}. Setters return the object itself.
 *
 * @param <S> the class that implements this interface
 */
public interface LatentParams<S> extends CommonParams<S> {
    /** Returns the family of the model. */
    ModelFamily<?, ?> family();

    /** Returns the type of the model. */
    default ModelType modelType() {
        return family().type();
    }

    /** Returns whether the model can add a column. */
    default boolean offers(ScoreColumn column) {
        return modelType().columns().contains(column);
    }

    /** Returns the Param {@code featuresCol}: vectors, arrays of numbers, or a number. */
    default Param<String> featuresCol() {
        return DeclaredParams.column(this, "featuresCol", "features column: vectors or arrays of numbers, or a number");
    }

    /** Returns the value of {@link #featuresCol()}. */
    default String getFeaturesCol() {
        return $(featuresCol());
    }

    /**
     * Sets {@link #featuresCol()}, which {@link #inputCols()} replace; these vectors are not scaled. Default: features.
     */
    @SuppressWarnings("unchecked")
    default S setFeaturesCol(String value) {
        return (S) set(featuresCol(), value);
    }

    @Override
    default Param<?> declared(String name) {
        return DeclaredParams.param(this, name);
    }

    @Override
    default S putValue(String name, Object value) {
        return put(name, DeclaredParams.held(this, name, value));
    }

    @Override
    @SuppressWarnings("unchecked")
    default S put(String name, Object value) {
        return (S) set((Param<Object>) declared(name), value);
    }
}
