package io.github.sparklatent.report;

import io.github.sparklatent.report.Page.Cell;
import io.github.sparklatent.report.Page.Table;
import io.github.sparklatent.report.format.Numbers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Metrics that are measured for the training rows and, if there are some, for the held-out rows. Each is declared once,
 * with its name in {@code metrics.json} and its words in the page.
 */
public final class Measures {
    private final boolean holdout;
    private final Map<String, Object> train = new LinkedHashMap<>();
    private final Map<String, Object> heldOut = new LinkedHashMap<>();
    private final List<List<Cell>> rows = new ArrayList<>();

    /**
     * Creates an empty set of metrics of a training.
     *
     * @param rows number of training rows
     * @param holdoutRows number of held-out rows; 0: there are none
     */
    public Measures(long rows, long holdoutRows) {
        this.holdout = holdoutRows > 0;
        words("Rows", Numbers.count(rows), Numbers.count(holdoutRows));
    }

    /** Returns the mean log-likelihoods of the training rows and of the held-out rows. */
    public static Measures ofLogLikelihood(long rows, long holdoutRows, double train, double heldOut) {
        return new Measures(rows, holdoutRows)
                .add("meanLogLikelihood", "Mean log-likelihood, nats per row", train, heldOut);
    }

    /**
     * Adds a metric.
     *
     * @param name its name in {@code metrics.json}
     * @param words its words in the page, with the unit
     * @param train value for the training rows; null: not measured
     * @param heldOut value for the held-out rows; null: not measured
     */
    public Measures add(String name, String words, Double train, Double heldOut) {
        return words(words, text(this.train, name, train), text(this.heldOut, name, heldOut));
    }

    private static String text(Map<String, Object> metrics, String name, Double value) {
        if (value == null) {
            return Numbers.ABSENT;
        }
        metrics.put(name, value);
        return Numbers.figure(value);
    }

    /** Adds a metric that follows from others, and so is only in the page. */
    public Measures words(String words, String train, String heldOut) {
        rows.add(MetricLines.of(holdout, words, train, heldOut));
        return this;
    }

    /** Returns the metrics of the training rows by name; a new map, to which others can be added. */
    public Map<String, Object> train() {
        return new LinkedHashMap<>(train);
    }

    /** Returns the metrics of the held-out rows by name; null if there are none. */
    public Map<String, Object> heldOut() {
        return holdout ? new LinkedHashMap<>(heldOut) : null;
    }

    /** Returns the metrics as a table. */
    public Table table(String caption) {
        return new Table("metrics-rows", caption, "", MetricLines.head(holdout), List.copyOf(rows), false);
    }
}
