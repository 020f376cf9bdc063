package io.github.sparklatent.vae.objective;

import java.util.Arrays;

/**
 * Adds the measures of the rows of a batch, with a limit for the loss of a row. Above the limit t, the loss and its
 * parts are multiplied by t / loss, so that the loss counts as t; so does an infinite loss or part.
 *
 * <pre>
 *   t = q₃ + 20 (q₃ − q₁) + 10 d
 * </pre>
 *
 * <p>q₁ and q₃ are the quartiles of the losses of the batch, and d is the number of columns, so that rows are not cut
 * off if most rows of a table are equal. An outlier can have a loss of thousands or millions of nats, which changes
 * from round to round by more than the losses of all other rows.
 */
final class WinsorizedSums {
    private static final double RANGES = 20;
    private static final double NATS = 10;

    private final int width;
    private final int limited;
    private final double[][] measures;
    private final double[] sorted;

    /**
     * Creates the buffers of one task.
     *
     * @param maxRows rows of a batch at most
     * @param width d
     * @param count number of measures; the first one is the loss
     * @param limited number of measures that are the loss and its parts; they come first
     */
    WinsorizedSums(int maxRows, int width, int count, int limited) {
        this.width = width;
        this.limited = limited;
        this.measures = new double[maxRows][count];
        this.sorted = new double[maxRows];
    }

    /**
     * Adds w_i times each measure of the rows of the last batch to the sums.
     *
     * @param rows n
     * @param step that has computed the batch
     */
    void add(int rows, NetworkObjective.Step step, float[] weights, double[] sums) {
        for (int i = 0; i < rows; i++) {
            step.measure(i, measures[i]);
            sorted[i] = measures[i][0];
        }
        double limit = limit(rows);
        for (int i = 0; i < rows; i++) {
            double loss = measures[i][0];
            double factor = loss > limit && loss > 0 ? limit / loss : 1;
            for (int j = 0; j < measures[i].length; j++) {
                double measure = measures[i][j];
                double part = measure == Double.POSITIVE_INFINITY ? limit : factor * measure;
                sums[j] += weights[i] * (j < limited ? part : measure);
            }
        }
    }

    private double limit(int rows) {
        Arrays.sort(sorted, 0, rows);
        double lower = sorted[(rows - 1) / 4];
        double upper = sorted[rows - 1 - (rows - 1) / 4];
        double limit = upper + RANGES * (upper - lower) + NATS * width;
        return Double.isFinite(limit) ? limit : Double.POSITIVE_INFINITY;
    }
}
