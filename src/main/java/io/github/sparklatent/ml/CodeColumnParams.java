package io.github.sparklatent.ml;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * The params that name the columns of a network that encodes rows and gives them back. Setters
 * return the object itself; a column whose name is empty is not made.
 *
 * @param <S> the class that implements this
 */
public interface CodeColumnParams<S> extends Params {
    default Param<String> latentCol() {
        return new Param<>(
                this,
                "latentCol",
                "latent variables of the row, a vector: their mean where they have a distribution");
    }

    default String getLatentCol() {
        return $(latentCol());
    }

    default S setLatentCol(String value) {
        return put(latentCol(), value);
    }

    default Param<String> reconstructionCol() {
        return new Param<>(
                this, "reconstructionCol", "the row as the network gives it back, a vector");
    }

    default String getReconstructionCol() {
        return $(reconstructionCol());
    }

    default S setReconstructionCol(String value) {
        return put(reconstructionCol(), value);
    }

    default Param<String> reconstructionErrorCol() {
        return new Param<>(
                this,
                "reconstructionErrorCol",
                "mean squared difference of the row and its reconstruction");
    }

    default String getReconstructionErrorCol() {
        return $(reconstructionErrorCol());
    }

    default S setReconstructionErrorCol(String value) {
        return put(reconstructionErrorCol(), value);
    }

    /** Sets the defaults of these params. */
    default void codeColumnDefaults() {
        setDefault(latentCol(), "latent");
        setDefault(reconstructionCol(), "");
        setDefault(reconstructionErrorCol(), "");
    }

    @SuppressWarnings("unchecked")
    private <T> S put(Param<T> param, Object value) {
        return (S) set(param, (T) value);
    }
}
