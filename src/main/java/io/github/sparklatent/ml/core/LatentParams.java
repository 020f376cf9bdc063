package io.github.sparklatent.ml.core;

import io.github.sparklatent.config.ModelType;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * The Params of all models of this library. Those of one type of model are generated from the
 * declarations of its hyperparameters, see {@link io.github.sparklatent.config.ModelType}. Setters
 * return the object itself.
 *
 * @param <S> the class that implements this interface
 */
public interface LatentParams<S> extends Params {
    /** Returns the type of the model. */
    ModelType modelType();

    /** Returns the Param {@code featuresCol}: vectors, arrays of numbers, or a number. */
    default Param<String> featuresCol() {
        return DeclaredParams.column(
                this, "featuresCol", "features column: vectors or arrays of numbers, or a number");
    }

    /** Returns the value of {@link #featuresCol()}. */
    default String getFeaturesCol() {
        return $(featuresCol());
    }

    /** Sets {@link #featuresCol()}. Default: features. */
    @SuppressWarnings("unchecked")
    default S setFeaturesCol(String value) {
        return (S) set(featuresCol(), value);
    }

    /** Returns the Param {@code weightCol}: a row of weight w counts as w rows. */
    default Param<String> weightCol() {
        return DeclaredParams.column(
                this, "weightCol", "weight of each row when fitting and evaluating; empty: 1");
    }

    /** Returns the value of {@link #weightCol()}. */
    default String getWeightCol() {
        return $(weightCol());
    }

    /** Sets {@link #weightCol()}. Default: empty, every row has weight 1. */
    @SuppressWarnings("unchecked")
    default S setWeightCol(String value) {
        return (S) set(weightCol(), value);
    }

    /** Returns the Param of a hyperparameter or of an output column by its name. */
    default Param<?> declared(String name) {
        return DeclaredParams.param(this, name);
    }

    /**
     * Sets the Param of a hyperparameter to a value, which may have another form than the Param.
     */
    default S putValue(String name, Object value) {
        return put(name, DeclaredParams.held(this, name, value));
    }

    /** Sets the Param of a hyperparameter or of an output column by its name. */
    @SuppressWarnings("unchecked")
    default S put(String name, Object value) {
        return (S) set((Param<Object>) declared(name), value);
    }
}
