package io.github.sparklatent.metrics.synthesis;

import java.util.Arrays;

/**
 * Similarity of the distribution of each column in two tables, from 0 to 1 (identical). Numbers: 1
 * minus the Kolmogorov-Smirnov distance of the cells that are not missing. Categories: 1 minus the
 * total variation distance, in which missing is one more level. These are KSComplement and
 * TVComplement of SDMetrics.
 */
public final class ColumnShapes {
    private ColumnShapes() {}

    /**
     * Returns the similarity of each column. A column of numbers without any cell in one table has
     * similarity 0, or 1 if it has none in both.
     *
     * @throws IllegalArgumentException if the columns differ
     */
    public static double[] of(ComparedRows real, ComparedRows generated) {
        real.requireSameColumns(generated);
        double[] shapes = new double[real.width()];
        for (int j = 0; j < shapes.length; j++) {
            shapes[j] =
                    real.isNumber(j)
                            ? 1 - kolmogorovSmirnov(present(real, j), present(generated, j))
                            : 1 - totalVariation(shares(real, j), shares(generated, j));
        }
        return shapes;
    }

    /** Returns the cells of a column that are not missing, in ascending order. */
    private static double[] present(ComparedRows rows, int column) {
        double[] sorted =
                Arrays.stream(rows.column(column)).filter(cell -> !Double.isNaN(cell)).toArray();
        Arrays.sort(sorted);
        return sorted;
    }

    /** Returns the greatest distance of two empirical distribution functions of sorted numbers. */
    private static double kolmogorovSmirnov(double[] a, double[] b) {
        if (a.length == 0 || b.length == 0) {
            return a.length == b.length ? 0 : 1;
        }
        double greatest = 0;
        int i = 0;
        int j = 0;
        while (i < a.length && j < b.length) {
            double at = Math.min(a[i], b[j]);
            while (i < a.length && a[i] <= at) {
                i++;
            }
            while (j < b.length && b[j] <= at) {
                j++;
            }
            greatest = Math.max(greatest, Math.abs((double) i / a.length - (double) j / b.length));
        }
        return greatest;
    }

    private static double[] shares(ComparedRows rows, int column) {
        double[] shares = new double[rows.levels(column) + 1];
        double[] cells = rows.column(column);
        for (double cell : cells) {
            shares[Double.isNaN(cell) ? shares.length - 1 : (int) cell] += 1.0 / cells.length;
        }
        return shares;
    }

    /** Returns half the sum of the absolute differences of two distributions. */
    static double totalVariation(double[] p, double[] q) {
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            sum += Math.abs(p[i] - q[i]);
        }
        return sum / 2;
    }
}
