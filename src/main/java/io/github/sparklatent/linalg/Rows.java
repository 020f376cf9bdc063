package io.github.sparklatent.linalg;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/** Operations on the rows of a block that are not matrix products. A row vector is passed as a row of a matrix. */
public final class Rows {
    private Rows() {}

    /**
     * Computes out_i = x_i − c, where c is a row of another matrix.
     *
     * @param x n × d. Not modified.
     * @param centres any number of rows × d. Not modified.
     * @param row index of the row of centres that is c
     * @param out n × d. Modified; its shape is set.
     */
    public static void subtract(DMatrixRMaj x, DMatrixRMaj centres, int row, DMatrixRMaj out) {
        int d = x.numCols;
        int from = row * d;
        out.reshape(x.numRows, d);
        for (int i = 0; i < x.numRows; i++) {
            int at = i * d;
            for (int j = 0; j < d; j++) {
                out.data[at + j] = x.data[at + j] - centres.data[from + j];
            }
        }
    }

    /**
     * Computes out_i = x_s(i) − c of some rows, where c is a row of another matrix. If a value of x is missing, the
     * difference is 0.
     *
     * @param x n × d, NaN where a value is missing. Not modified.
     * @param some s, m indices of rows of x. Not modified.
     * @param centres any number of rows × d. Not modified.
     * @param row index of the row of centres that is c
     * @param out m × d. Modified; its shape is set.
     */
    public static void subtractObserved(DMatrixRMaj x, int[] some, DMatrixRMaj centres, int row, DMatrixRMaj out) {
        int d = x.numCols;
        int centre = row * d;
        out.reshape(some.length, d);
        for (int i = 0; i < some.length; i++) {
            int from = some[i] * d;
            for (int j = 0; j < d; j++) {
                double difference = x.data[from + j] - centres.data[centre + j];
                out.data[i * d + j] = Double.isNaN(difference) ? 0 : difference;
            }
        }
    }

    /**
     * Writes o, o y and o y² of some rows side by side, where y = x − origin and o is 1 where a value is observed and 0
     * where it is missing.
     *
     * @param x n × d, NaN where a value is missing. Not modified.
     * @param some m indices of rows of x. Not modified.
     * @param origin 1 × d. Not modified.
     * @param out m × 3 d. Modified; its shape is set.
     */
    public static void observedPowers(DMatrixRMaj x, int[] some, DMatrixRMaj origin, DMatrixRMaj out) {
        int d = x.numCols;
        out.reshape(some.length, 3 * d);
        for (int i = 0; i < some.length; i++) {
            int from = some[i] * d;
            int to = i * 3 * d;
            for (int j = 0; j < d; j++) {
                double y = x.data[from + j] - origin.data[j];
                boolean missing = Double.isNaN(y);
                out.data[to + j] = missing ? 0 : 1;
                out.data[to + d + j] = missing ? 0 : y;
                out.data[to + 2 * d + j] = missing ? 0 : y * y;
            }
        }
    }

    /**
     * Computes out_i = w_i x_i.
     *
     * @param x n × d. Not modified.
     * @param weights a matrix of n columns. Not modified.
     * @param row index of the row of weights that is w
     * @param out n × d. Modified; its shape is set.
     */
    public static void scale(DMatrixRMaj x, DMatrixRMaj weights, int row, DMatrixRMaj out) {
        int d = x.numCols;
        out.reshape(x.numRows, d);
        for (int i = 0; i < x.numRows; i++) {
            double weight = weights.data[row * weights.numCols + i];
            int at = i * d;
            for (int j = 0; j < d; j++) {
                out.data[at + j] = weight * x.data[at + j];
            }
        }
    }

    /** Returns a row of a matrix; a copy. */
    public static double[] row(DMatrixRMaj x, int row) {
        return Arrays.copyOfRange(x.data, row * x.numCols, (row + 1) * x.numCols);
    }

    /** Returns |x_i|² of a row, in four independent partial sums. */
    public static double squaredNorm(DMatrixRMaj x, int row) {
        return product(x, x, row);
    }

    /** Returns the inner product of a row of x and the same row of y, in four independent partial sums. */
    public static double product(DMatrixRMaj x, DMatrixRMaj y, int row) {
        int from = row * x.numCols;
        int to = from + x.numCols;
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int j = from;
        for (; j + 4 <= to; j += 4) {
            s0 = Math.fma(x.data[j], y.data[j], s0);
            s1 = Math.fma(x.data[j + 1], y.data[j + 1], s1);
            s2 = Math.fma(x.data[j + 2], y.data[j + 2], s2);
            s3 = Math.fma(x.data[j + 3], y.data[j + 3], s3);
        }
        for (; j < to; j++) {
            s0 = Math.fma(x.data[j], y.data[j], s0);
        }
        return (s0 + s1) + (s2 + s3);
    }

    /**
     * Returns the index whose part of a line a number lies in, where the parts of all indices follow each other.
     *
     * @param parts lengths, not negative. Not modified.
     * @param number from 0 up to the sum of the lengths; beyond it by rounding, the last part with a length counts
     */
    public static int drawn(double[] parts, double number) {
        double left = number;
        int last = 0;
        for (int k = 0; k < parts.length; k++) {
            if (parts[k] > 0) {
                last = k;
                left -= parts[k];
                if (left < 0) {
                    return k;
                }
            }
        }
        return last;
    }

    /** Returns the index of the greatest entry of a row, the first among equals. */
    public static int argMax(DMatrixRMaj x, int row) {
        return argMax(x.data, row * x.numCols, x.numCols);
    }

    /** Returns the index of the greatest of some numbers, the first among equals. */
    public static int argMax(double[] numbers) {
        return argMax(numbers, 0, numbers.length);
    }

    private static int argMax(double[] numbers, int from, int length) {
        int best = 0;
        for (int j = 1; j < length; j++) {
            if (numbers[from + j] > numbers[from + best]) {
                best = j;
            }
        }
        return best;
    }
}
