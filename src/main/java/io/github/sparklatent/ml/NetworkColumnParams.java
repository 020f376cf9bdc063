package io.github.sparklatent.ml;

import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;

/**
 * The params that say which columns an autoencoder adds to the rows. Setters return the object
 * itself; a column whose name is empty is not made.
 *
 * @param <S> the class that implements this
 */
public interface NetworkColumnParams<S> extends RowParams<S> {
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

    default Param<String> anomalyCol() {
        return new Param<>(
                this, "anomalyCol", "how strange the row is: its loss in nats, higher is stranger");
    }

    default String getAnomalyCol() {
        return $(anomalyCol());
    }

    default S setAnomalyCol(String value) {
        return put(anomalyCol(), value);
    }

    default LongParam seed() {
        return new LongParam(this, "seed", "of all randomness");
    }

    default long getSeed() {
        return (long) $(seed());
    }

    default S setSeed(long value) {
        return put(seed(), value);
    }

    /** Sets the defaults of these params. */
    default void networkColumnDefaults() {
        rowDefaults();
        setDefault(latentCol(), "latent");
        setDefault(reconstructionCol(), "");
        setDefault(reconstructionErrorCol(), "");
        setDefault(anomalyCol(), "anomaly");
        setDefault(seed(), 1L);
    }

    @SuppressWarnings("unchecked")
    private <T> S put(Param<T> param, Object value) {
        return (S) set(param, (T) value);
    }
}
