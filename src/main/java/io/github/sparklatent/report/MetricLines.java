package io.github.sparklatent.report;

import io.github.sparklatent.report.Page.Block;
import io.github.sparklatent.report.Page.Cell;
import io.github.sparklatent.report.Page.Section;
import io.github.sparklatent.report.Page.Table;
import io.github.sparklatent.report.format.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/** Builds the rows of the metric tables that all reports share. */
public final class MetricLines {

    /** Number of rows from which on a table is folded. */
    private static final int FOLDED = 12;

    private MetricLines() {}

    /** Returns a table row with a name and its value. */
    public static List<Cell> of(String name, String value) {
        return List.of(Cell.of(name), Cell.of(value));
    }

    /**
     * Returns a table row with a name, its value for the training rows and, if there are held-out rows, its value for
     * them.
     */
    public static List<Cell> of(boolean holdout, String name, String training, String heldOut) {
        return holdout ? List.of(Cell.of(name), Cell.of(training), Cell.of(heldOut)) : of(name, training);
    }

    /** Returns the column headings of the table. */
    public static List<String> head(boolean holdout) {
        return holdout ? List.of("", "Training", "Held out") : List.of("", "Training");
    }

    /** Returns one table row for each time that was measured. */
    public static List<List<Cell>> times(JobSeconds seconds) {
        List<List<Cell>> rows = new ArrayList<>();
        time(rows, "Time to read", seconds.read());
        time(rows, "Time to train", seconds.train());
        time(rows, "Time to evaluate", seconds.evaluate());
        time(rows, "Time to write", seconds.write());
        time(rows, "Total time until this page", seconds.total());
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

    private static void time(List<List<Cell>> rows, String name, double seconds) {
        if (Double.isFinite(seconds)) {
            rows.add(of(name, Numbers.seconds(seconds)));
        }
    }

    /** The duration of each part of a job in seconds; NaN if it was not measured. */
    public record JobSeconds(double read, double train, double evaluate, double write) {

        /** Returns the sum of the parts that were measured. */
        double total() {
            return DoubleStream.of(read, train, evaluate, write)
                    .filter(Double::isFinite)
                    .sum();
        }
    }
}
