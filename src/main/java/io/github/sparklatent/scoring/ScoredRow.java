package io.github.sparklatent.scoring;

import io.github.sparklatent.columns.ScoreColumn;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The columns that a model adds to a row. They have the values that a Spark job writes. */
public final class ScoredRow {
    private final Map<ScoreColumn, Object> values;

    ScoredRow(Map<ScoreColumn, Object> values) {
        this.values = values;
    }

    /**
     * Returns the value of a column: a {@code Double}, a {@code double[]}, an {@code Integer} or a {@code Boolean};
     * {@link #contributions}; of a completed or reconstructed row of a known table a map from its columns to their
     * values, see {@link #imputed}. Null if a row has no contributions because it is no anomaly.
     *
     * @throws IllegalArgumentException if the scorer does not compute it
     */
    public Object get(ScoreColumn column) {
        if (!values.containsKey(column)) {
            throw new IllegalArgumentException(
                    "the scorer does not compute %s, but %s".formatted(column, values.keySet()));
        }
        return values.get(column);
    }

    /** Returns the anomaly score in nats: the higher, the more anomalous. */
    public double anomalyScore() {
        return (double) get(ScoreColumn.ANOMALY);
    }

    /** Returns the percentage of the known rows with a lower anomaly score, from 0 to 100. */
    public double severity() {
        return (double) get(ScoreColumn.SEVERITY);
    }

    /** Returns whether the row is an anomaly. */
    public boolean isAnomaly() {
        return (boolean) get(ScoreColumn.IS_ANOMALY);
    }

    /** Returns the log density of the row, in nats. */
    public double logDensity() {
        return (double) get(ScoreColumn.LOG_DENSITY);
    }

    /** Returns the most probable component, from 0. */
    public int prediction() {
        return (int) get(ScoreColumn.COMPONENT);
    }

    /** Returns the probability of each component. */
    public double[] probability() {
        return (double[]) get(ScoreColumn.RESPONSIBILITIES);
    }

    /** Returns the latent variables. */
    public double[] latent() {
        return (double[]) get(ScoreColumn.LATENT);
    }

    /**
     * Returns the row with its missing values replaced, by the names of the columns: numbers as {@code Double},
     * {@code Long}, {@code BigDecimal} or what else the type of the column is, levels and dates as {@code String},
     * arrays as {@code double[]}.
     */
    @SuppressWarnings("unchecked") // the scorer makes them
    public Map<String, Object> imputed() {
        return (Map<String, Object>) get(ScoreColumn.IMPUTED);
    }

    /** Returns the columns that contribute most, the greatest contribution first; null if the row is no anomaly. */
    @SuppressWarnings("unchecked") // the scorer makes them
    public List<Explanation.Cell> contributions() {
        return (List<Explanation.Cell>) get(ScoreColumn.CONTRIBUTIONS);
    }

    /** Returns all values by the names of their columns, in the order of {@link ScoreColumn}. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        values.forEach((column, value) -> map.put(column.modelColumn(), value));
        return Collections.unmodifiableMap(map);
    }

    @Override
    public String toString() {
        return toMap().toString();
    }
}
