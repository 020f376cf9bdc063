package io.github.sparklatent.scoring;

import java.io.Serializable;

/**
 * Says which groups of a row's numbers explain its anomaly score; the workspace of one task. A group is the numbers
 * that one column of the table gives.
 */
public interface RowExplainer {
    /** Opens the explainer of a task. */
    interface Source extends Serializable {
        /**
         * Returns a new explainer.
         *
         * @param groups indices of each group's numbers, ascending; each number is in one group. Not modified.
         */
        RowExplainer open(int[][] groups);
    }

    /**
     * Evaluates some rows, to which the other methods then refer.
     *
     * @param rows n × d, row-major, in the units of the model; NaN where a value is missing. Not modified.
     * @param n number of rows
     */
    void evaluate(double[] rows, int n);

    /**
     * Returns the contribution of a group in nats, not negative: the greater, the less the group fits the others. NaN
     * if all its numbers are missing.
     */
    double contribution(int row, int group);

    /**
     * Returns the expected value of one number of a group, given the other groups. {@code column}: index of the number
     * in the row.
     */
    double expected(int row, int group, int column);

    /**
     * Returns a quantile of a number given the other groups; NaN if the model has none.
     *
     * @param column index of the number in the row
     * @param probability between 0 and 1, both excluded
     */
    double quantile(int row, int group, int column, double probability);
}
