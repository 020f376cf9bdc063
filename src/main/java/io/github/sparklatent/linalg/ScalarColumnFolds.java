package io.github.sparklatent.linalg;

/** Column after column, for Javas without vectors and what vectors leave over. */
final class ScalarColumnFolds implements ColumnFolds {
    @Override
    public void shift(double[] a, int rows, int columns, double[] greatest) {
        for (int i = 0; i < columns; i++) {
            greatest[i] = shift(a, i, columns, rows);
        }
    }

    /** One column. */
    static double shift(double[] a, int from, int stride, int rows) {
        double greatest = Double.NEGATIVE_INFINITY;
        for (int k = 0, at = from; k < rows; k++, at += stride) {
            greatest = Math.max(greatest, a[at]);
        }
        greatest = greatest == Double.NEGATIVE_INFINITY ? 0 : greatest;
        for (int k = 0, at = from; k < rows; k++, at += stride) {
            a[at] -= greatest;
        }
        return greatest;
    }

    @Override
    public void divide(double[] a, int rows, int columns, double[] sums, int to) {
        for (int i = 0; i < columns; i++) {
            sums[to + i] = divide(a, i, columns, rows);
        }
    }

    /** One column. */
    static double divide(double[] a, int from, int stride, int rows) {
        double sum = 0;
        for (int k = 0, at = from; k < rows; k++, at += stride) {
            sum += a[at];
        }
        double inverse = 1 / sum;
        for (int k = 0, at = from; k < rows; k++, at += stride) {
            a[at] *= inverse;
        }
        return sum;
    }
}
