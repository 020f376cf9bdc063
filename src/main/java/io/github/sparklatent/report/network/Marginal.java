package io.github.sparklatent.report.network;

import io.github.sparklatent.learn.Require;
import java.util.List;

/**
 * One column in the table and in rows drawn from the model.
 *
 * @param name name of the column
 * @param categories names of the categories; empty: the column holds numbers
 * @param real values of a sample of rows, or the share of each category. Not modified.
 * @param drawn values of rows drawn from the model, in any number, or the share of each category. Not modified.
 */
public record Marginal(String name, List<String> categories, double[] real, double[] drawn) {
    public Marginal {
        categories = List.copyOf(categories);
        if (!categories.isEmpty()) {
            Require.size("shares of marginal.real", real.length, categories.size());
            Require.size("shares of marginal.drawn", drawn.length, categories.size());
        }
    }

    /** Returns a numeric column. If it has few whole numbers, the chart has a bar for each. */
    public static Marginal ofValues(String name, double[] real, double[] drawn) {
        return new Marginal(name, List.of(), real, drawn);
    }
}
