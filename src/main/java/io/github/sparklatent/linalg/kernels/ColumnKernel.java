package io.github.sparklatent.linalg.kernels;

/** Maxima and sums of the columns of a dense matrix. All implementations give the same bits. */
public interface ColumnKernel {
    /**
     * Subtracts from each column its maximum, or 0 if that is −∞. A NaN makes its column NaN.
     *
     * @param a rows × columns. Modified.
     * @param greatest numbers that were subtracted, one for each column. Modified.
     */
    void shift(double[] a, int rows, int columns, double[] greatest);

    /**
     * Divides each column by its sum.
     *
     * @param a rows × columns. Modified.
     * @param sums sum of each column, from an offset on. Modified.
     */
    void divide(double[] a, int rows, int columns, double[] sums, int to);
}
