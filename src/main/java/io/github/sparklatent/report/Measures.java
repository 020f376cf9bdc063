package io.github.sparklatent.report;

import io.github.sparklatent.report.Page.Block;
import io.github.sparklatent.report.Page.Cell;
import io.github.sparklatent.report.Page.Section;
import io.github.sparklatent.report.Page.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Metrics that are measured for the training rows and, if there are some, for the held-out rows. Each is declared once,
 * with its name in {@code metrics.json} and its words in the page.
 */
public final class Measures {
    /** Number of rows from which on a table is folded. */
    private static final int FOLDED = 12;

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
        rows.add(holdout ? List.of(Cell.of(words), Cell.of(train), Cell.of(heldOut)) : of(words, train));
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
        return new Table(
                "metrics-rows",
                caption,
                "",
                holdout ? List.of("", "Training", "Held out") : List.of("", "Training"),
                List.copyOf(rows),
                false);
    }

    /** Returns a table row with a name and its value. */
    public static List<Cell> of(String name, String value) {
        return List.of(Cell.of(name), Cell.of(value));
    }

    /** Returns one table row for each phase of a training that was measured, in seconds. */
    public static List<List<Cell>> times(Map<String, Double> seconds) {
        List<List<Cell>> rows = new ArrayList<>();
        double total = 0;
        for (String phase : List.of("read", "train", "evaluate")) {
            if (seconds.containsKey(phase)) {
                rows.add(of("Time to " + phase, Numbers.seconds(seconds.get(phase))));
                total += seconds.get(phase);
            }
        }
        rows.add(of("Total time until this page", Numbers.seconds(total)));
        return rows;
    }

    /**
     * Returns a sentence that names the units of the log-likelihoods, or an empty text if the rows were not scaled.
     *
     * @param scale scaling of the rows: none, standard, minmax, unit or quantile
     * @param logJacobian number to add to a row's log-likelihood to convert it to the units of the table; NaN if that
     *     is not defined
     */
    public static String scaled(String scale, double logJacobian) {
        if (scale.equals("none")) {
            return "";
        }
        String text = "The rows were scaled (" + scale + "): log-likelihoods refer to the scaled rows";
        return Double.isFinite(logJacobian)
                ? text
                        + "; adding "
                        + Numbers.figure(logJacobian)
                        + " nats per row gives their values in the units of the table."
                : text + " and cannot be converted to the units of the table.";
    }

    /**
     * Returns the table of missing values.
     *
     * @param missing share of the missing values of each feature that has some
     */
    public static Table missing(Map<String, Double> missing) {
        List<List<Cell>> rows = new ArrayList<>();
        missing.forEach((name, share) -> rows.add(of(name, Numbers.percent(share))));
        return new Table(
                "metrics-missing",
                "Missing values of each feature, share of the training rows. The log-likelihood of a row is that of its observed values.",
                "",
                List.of("Feature", "Missing"),
                rows,
                rows.size() > FOLDED);
    }

    /**
     * Returns the section with all metrics.
     *
     * @param missing share of the missing values of each feature that has some
     * @param scaled sentence on the units of the log-likelihoods, or an empty text
     */
    public static Section section(List<Table> tables, Map<String, Double> missing, String scaled) {
        List<Block> blocks = new ArrayList<>(tables);
        if (!missing.isEmpty()) {
            blocks.add(missing(missing));
        }
        return new Section("metrics", "Metrics", scaled, blocks);
    }
}
