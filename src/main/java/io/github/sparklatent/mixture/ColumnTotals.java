package io.github.sparklatent.mixture;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.em.ColumnMoments;
import io.github.sparklatent.learn.em.Expectation;
import io.github.sparklatent.learn.em.MappedRowBlocks;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.UsualValues;
import io.github.sparklatent.linalg.Block;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * Means and variances of the numbers of a whole table, and the histograms of its discrete columns. Values far away from
 * the others are left out of means and variances, see {@link UsualValues}.
 *
 * @param columns the columns
 * @param usual ranges of the usual values
 * @param means mean of the usual values of each column
 * @param variances population variance of the usual values of each column
 * @param far share of the rows whose value is far from the others, for each column
 * @param histograms weight of each value of each discrete column, in their order
 * @param missing share of the missing cells of each column
 * @param rowWeight mean weight of a row
 */
public record ColumnTotals(
        MixedColumns columns,
        UsualValues usual,
        double[] means,
        double[] variances,
        double[] far,
        List<double[]> histograms,
        double[] missing,
        double rowWeight)
        implements Serializable {
    /** A variance below this share of the squared mean, or 0, is that of a constant column. */
    private static final double CONSTANT = 1e-20;

    /** A column with a greater share of far values has codes or groups among them. */
    public static final double MAX_FAR = 0.05;

    /** Factor of the range of such a column, so that its groups stay apart in the start. */
    private static final double GROUPS = 100;

    /** Rounding error of a share that is a difference of sums. */
    private static final double ROUNDING = 1e-9;

    /**
     * Computes the totals in three traversals: ranges of usual values, their moments, and counts. Columns without usual
     * values that differ take two more.
     *
     * @param seed of the rows in which the usual values are found
     * @throws DataException if a column has no value at all, or a discrete column has one that is not a whole number
     *     from 0 on
     */
    public static ColumnTotals of(MixedColumns columns, RowBlocks data, long seed) {
        UsualValues usual = UsualValues.of(data, j -> columns.get(j).family().isDiscrete(), seed);
        ColumnMoments moments = new ColumnMoments(usual.centres());
        double[] sums = new MappedRowBlocks(data, usual)
                .sums("moments of usual values", moments)
                .sums();
        Histograms expectation = new Histograms(columns);
        double[] counts = data.sums("values of the columns", expectation).sums();
        requireCounts(columns, counts);
        double[] missing = expectation.missing(counts);
        double weight = counts[columns.discrete().length];
        double[] far = new double[columns.size()];
        double[] means = moments.means(sums);
        double[] variances = moments.variances(sums);
        boolean differ = true;
        for (int j = 0; j < far.length; j++) {
            double share = 1 - missing[j] - sums[j] / weight;
            far[j] = share > ROUNDING ? share : 0;
            if (sums[j] == 0 || far[j] > 0 && isConstant(variances[j], means[j])) {
                far[j] = Double.NaN;
                differ = false;
            } else if (far[j] > MAX_FAR) {
                usual.widths()[j] *= GROUPS;
            }
        }
        if (!differ) {
            useWholeColumns(data, usual, means, variances, far);
        }
        return new ColumnTotals(
                columns,
                usual,
                means,
                variances,
                far,
                expectation.each(counts),
                missing,
                weight / Math.max(1, counts[columns.discrete().length + 1]));
    }

    private static void requireCounts(MixedColumns columns, double[] counts) {
        int[] discrete = columns.discrete();
        for (int t = 0; t < discrete.length; t++) {
            if (counts[t] > 0) {
                throw new DataException(
                        "column %d has %.0f rows whose value is no whole number from 0 to %d, the greatest that a %s column may have"
                                .formatted(
                                        discrete[t],
                                        counts[t],
                                        columns.get(discrete[t]).levels() - 1,
                                        columns.get(discrete[t]).family()));
            }
        }
    }

    /**
     * Makes all values of some columns usual.
     *
     * @param far share of the rows whose value is far; NaN in these columns. Modified.
     */
    private static void useWholeColumns(
            RowBlocks data, UsualValues usual, double[] means, double[] variances, double[] far) {
        double[] all = ColumnMoments.means(data);
        double[] squares = ColumnMoments.variances(data, all);
        for (int j = 0; j < means.length; j++) {
            if (Double.isNaN(squares[j])) {
                throw new DataException("column %d has no values, expected some in each column".formatted(j));
            }
            if (Double.isNaN(far[j])) {
                means[j] = all[j];
                variances[j] = squares[j];
                far[j] = 0;
                usual.centres()[j] = all[j];
                usual.widths()[j] = Double.POSITIVE_INFINITY;
            }
        }
    }

    /**
     * Returns the share of each value of a discrete column. The levels of a category and the bins of a histogram share
     * the weight of one more row, because rows that were held out may have a level that no training row has.
     */
    public double[] shares(int table) {
        double[] histogram = histograms.get(table);
        boolean isShared = columns.get(columns.discrete()[table]).family().hasProbabilities();
        double more = isShared ? rowWeight / histogram.length : 0;
        double total = Arrays.stream(histogram).sum() + more * histogram.length;
        return Arrays.stream(histogram).map(h -> (h + more) / total).toArray();
    }

    /** Returns the mean log density, in nats, of the cells of a discrete column under their shares. */
    public double meanLogDensity(int table) {
        double[] shares = shares(table);
        HistogramBins bins = columns.get(columns.discrete()[table]).bins();
        double sum = 0;
        for (int x = 0; x < shares.length; x++) {
            double log = StrictMath.log(shares[x]) + (bins == null ? 0 : bins.logDensity(x));
            sum += shares[x] > 0 ? shares[x] * log : 0;
        }
        return sum;
    }

    /** Returns the variance of the usual values of a number, or 1 if it is constant. */
    public double spread(int column) {
        double variance = variances[column];
        return isConstant(variance, means[column]) ? 1 : variance;
    }

    private static boolean isConstant(double variance, double mean) {
        return !(variance > CONSTANT * mean * mean);
    }

    /**
     * Counts the values of the discrete columns. The first entries count the rows of each column whose value is not one
     * of them, then follow weight and number of all rows, and at the end the weight of the missing cells of each
     * column.
     *
     * @param columns the columns
     */
    private record Histograms(MixedColumns columns) implements Expectation {
        @Override
        public int length() {
            int length = columns.discrete().length + 2 + columns.size();
            for (int column : columns.discrete()) {
                length += columns.get(column).levels();
            }
            return length;
        }

        @Override
        public Accumulator accumulator() {
            double[] counts = new double[length()];
            int[] discrete = columns.discrete();
            return Accumulator.of(counts, block -> {
                for (int i = 0; i < block.size(); i++) {
                    counts[discrete.length] += block.weight(i);
                }
                counts[discrete.length + 1] += block.count();
                int at = discrete.length + 2;
                for (int t = 0; t < discrete.length; t++) {
                    int column = discrete[t];
                    MixedColumns.Column of = columns.get(column);
                    for (int i = 0; i < block.size(); i++) {
                        double x = block.rows().get(i, column);
                        int code = of.code(x);
                        if (code < of.levels()) {
                            counts[at + code] += block.weight(i);
                        } else if (!Double.isNaN(x)) {
                            counts[t]++;
                        }
                    }
                    at += of.levels();
                }
                if (!block.isComplete()) {
                    addMissing(block, counts, at);
                }
            });
        }

        private static void addMissing(Block block, double[] counts, int at) {
            int d = block.width();
            for (int i = 0; i < block.size(); i++) {
                for (int j = 0; j < d; j++) {
                    if (Double.isNaN(block.rows().data[i * d + j])) {
                        counts[at + j] += block.weight(i);
                    }
                }
            }
        }

        double[] missing(double[] counts) {
            double weight = counts[columns.discrete().length];
            return Arrays.stream(counts, counts.length - columns.size(), counts.length)
                    .map(sum -> sum / weight)
                    .toArray();
        }

        List<double[]> each(double[] counts) {
            int at = columns.discrete().length + 2;
            double[][] each = new double[columns.discrete().length][];
            for (int t = 0; t < each.length; t++) {
                int levels = columns.get(columns.discrete()[t]).levels();
                each[t] = Arrays.copyOfRange(counts, at, at + levels);
                at += levels;
            }
            return List.of(each);
        }
    }
}
