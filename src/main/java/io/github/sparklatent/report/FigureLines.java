package io.github.sparklatent.report;

import io.github.sparklatent.report.Page.Cell;
import io.github.sparklatent.report.format.Numbers;
import java.util.ArrayList;
import java.util.List;

/** Lines of the tables of figures that all reports share. */
public final class FigureLines {

    private FigureLines() {}

    /** A name and its value. */
    public static List<Cell> of(String name, String value) {
        return List.of(Cell.of(name), Cell.of(value));
    }

    /**
     * A name, its value for the training rows and that for the rows held out, if there are such.
     */
    public static List<Cell> of(boolean holdout, String name, String training, String heldOut) {
        return holdout
                ? List.of(Cell.of(name), Cell.of(training), Cell.of(heldOut))
                : of(name, training);
    }

    /** The same of a further figure. */
    public static List<Cell> of(boolean holdout, FurtherFigure figure) {
        return of(
                holdout,
                figure.name(),
                Numbers.figure(figure.train()),
                Numbers.figure(figure.holdout()));
    }

    /** The head above such lines. */
    public static List<String> head(boolean holdout) {
        return holdout ? List.of("", "Training", "Held out") : List.of("", "Training");
    }

    /** The times that were measured. */
    public static List<List<Cell>> times(JobSeconds seconds) {
        List<List<Cell>> rows = new ArrayList<>();
        time(rows, "Time to read", seconds.read());
        time(rows, "Time to train", seconds.train());
        time(rows, "Time to evaluate", seconds.evaluate());
        time(rows, "Time to write", seconds.write());
        return rows;
    }

    /**
     * Of which rows the log-likelihoods are; empty: of those of the table.
     *
     * @param scale how the rows were scaled: none, standard, minmax, unit
     * @param logJacobian what a row's log-likelihood differs by; NaN: it has no counterpart
     */
    public static String scaled(String scale, double logJacobian) {
        if (scale.equals("none")) {
            return "";
        }
        String text =
                "The rows were scaled (" + scale + "): log-likelihoods are of the scaled rows";
        return Double.isFinite(logJacobian)
                ? text
                        + "; adding "
                        + Numbers.figure(logJacobian)
                        + " nats per row gives those in the units of the table."
                : text + ", and have no counterpart in the units of the table.";
    }

    private static void time(List<List<Cell>> rows, String name, double seconds) {
        if (Double.isFinite(seconds)) {
            rows.add(of(name, Numbers.seconds(seconds)));
        }
    }
}
