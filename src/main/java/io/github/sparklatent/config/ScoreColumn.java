package io.github.sparklatent.config;

/** Columns that scoring adds; {@code toString} is the column's name. */
public enum ScoreColumn {
    /** Index of the most likely component, from 0. */
    COMPONENT("component"),
    /** Probability of each component, a vector of length K. */
    RESPONSIBILITIES("responsibilities"),
    /** Natural logarithm of the row's density. */
    LOG_DENSITY("logDensity"),
    /** Higher is stranger. */
    ANOMALY("anomaly"),
    /** Latent variables of the row: their mean where they have a distribution. */
    LATENT("latent"),
    /** Variance of each latent variable given the row. */
    LATENT_VARIANCE("latentVariance"),
    /** The row as the network gives it back, in the units of the table. */
    RECONSTRUCTION("reconstruction"),
    /** Mean squared difference of the row and that, as the network sees both. */
    RECONSTRUCTION_ERROR("reconstructionError");

    private final String column;

    ScoreColumn(String column) {
        this.column = column;
    }

    @Override
    public String toString() {
        return column;
    }
}
