package io.github.sparklatent.ml;

/** A column that a network's model can add to the rows; they stand in this order. */
public enum NetworkColumn {
    /** Probability of each component, a vector. */
    PROBABILITY("probability", "probabilityCol"),
    /** The most probable component, from 0. */
    PREDICTION("prediction", "predictionCol"),
    /** Latent variables, a vector: their mean where they have a distribution. */
    LATENT("latent", "latentCol"),
    /** Variance of each latent variable given the row, a vector. */
    LATENT_VARIANCE("latent variance", "latentVarianceCol"),
    /** The row as the network gives it back, a vector. */
    RECONSTRUCTION("reconstruction", "reconstructionCol"),
    /** Mean squared difference of the row and its reconstruction. */
    RECONSTRUCTION_ERROR("reconstruction error", "reconstructionErrorCol"),
    /** How strange the row is, higher is stranger. */
    ANOMALY("anomaly", "anomalyCol");

    private final String words;
    private final String param;

    NetworkColumn(String words, String param) {
        this.words = words;
        this.param = param;
    }

    /** As a sentence names it. */
    String words() {
        return words;
    }

    /** The param that names the column; a model without this param does not make the column. */
    String param() {
        return param;
    }
}
