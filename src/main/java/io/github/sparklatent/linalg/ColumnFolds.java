package io.github.sparklatent.linalg;

/**
 * Passes over the columns of a matrix, many side by side. All implementations give the same bits.
 */
interface ColumnFolds {
    /**
     * Subtracts from each column its greatest number, or 0 where that is −∞; a NaN makes all of its
     * column NaN.
     *
     * @param a rows × columns. Modified.
     * @param greatest what was subtracted. Modified.
     */
    void shift(double[] a, int rows, int columns, double[] greatest);

    /**
     * Divides each column by its sum.
     *
     * @param a rows × columns. Modified.
     * @param sums from an offset on. Modified.
     */
    void divide(double[] a, int rows, int columns, double[] sums, int to);
}
