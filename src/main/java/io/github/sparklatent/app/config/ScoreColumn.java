package io.github.sparklatent.app.config;

/** Columns that scoring adds; {@code toString} is the column's name. */
public enum ScoreColumn {
    /** Index of the most likely component, from 0. */
    COMPONENT("component"),
    /** Probability of each component, a vector of length K. */
    RESPONSIBILITIES("responsibilities"),
    /** Natural logarithm of the row's density. */
    LOG_DENSITY("logDensity"),
    /** Higher is stranger. */
    ANOMALY("anomaly");

    private final String column;

    ScoreColumn(String column) {
        this.column = column;
    }

    @Override
    public String toString() {
        return column;
    }
}
