package io.github.sparklatent.metrics.synthesis;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Similarity of each column in two tables, from 0 to 1 (identical). The shape of numbers is 1 minus the
 * Kolmogorov-Smirnov distance, the shape of categories is 1 minus the total variation distance. Both leave missing
 * cells out. These are KSComplement and TVComplement of SDMetrics, and its MissingValueSimilarity compares the shares
 * of missing cells.
 */
public final class ColumnShapes {
    private ColumnShapes() {}

    /**
     * Returns the shape of each column; NaN for a column that has only missing cells in one table.
     *
     * @throws IllegalArgumentException if the columns differ
     */
    public static double[] of(ComparedRows real, ComparedRows generated) {
        real.requireSameColumns(generated);
        double[] shapes = new double[real.width()];
        for (int j = 0; j < shapes.length; j++) {
            shapes[j] = real.isNumber(j)
                    ? 1 - kolmogorovSmirnov(present(real, j), present(generated, j))
                    : 1 - totalVariation(shares(real, j), shares(generated, j));
        }
        return shapes;
    }

    /** Returns for each column 1 minus the difference of the shares of missing cells. */
    public static double[] missing(ComparedRows real, ComparedRows generated) {
        real.requireSameColumns(generated);
        return IntStream.range(0, real.width())
                .mapToDouble(j -> 1 - Math.abs(missingShare(real, j) - missingShare(generated, j)))
                .toArray();
    }

    private static double missingShare(ComparedRows rows, int column) {
        return 1 - (double) present(rows, column).length / rows.size();
    }

    /** Returns the mean of the numbers that are defined; NaN if there is none. */
    public static double mean(double[] similarities) {
        return Arrays.stream(similarities)
                .filter(similarity -> !Double.isNaN(similarity))
                .average()
                .orElse(Double.NaN);
    }

    /** Returns the cells of a column that are not missing, in ascending order. */
    private static double[] present(ComparedRows rows, int column) {
        double[] sorted = Arrays.stream(rows.column(column))
                .filter(cell -> !Double.isNaN(cell))
                .toArray();
        Arrays.sort(sorted);
        return sorted;
    }

    /** Returns the greatest distance of two empirical distribution functions of sorted numbers. */
    private static double kolmogorovSmirnov(double[] a, double[] b) {
        if (a.length == 0 || b.length == 0) {
            return Double.NaN;
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
        double[] shares = new double[rows.levels(column)];
        double[] cells = present(rows, column);
        for (double cell : cells) {
            shares[(int) cell]++;
        }
        for (int level = 0; level < shares.length; level++) {
            shares[level] /= cells.length; // NaN without a cell
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
