package io.github.sparklatent.mixture;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.em.ColumnMoments;
import io.github.sparklatent.learn.em.Expectation;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.linalg.Block;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * Means and variances of the numbers of a whole table, and the histograms of its discrete columns.
 *
 * @param columns the columns
 * @param means mean of each column
 * @param variances population variance of each column
 * @param histograms weight of each value of each discrete column, in their order
 * @param missing share of the missing cells of each column
 * @param rowWeight mean weight of a row
 */
record ColumnTotals(
        MixedColumns columns,
        double[] means,
        double[] variances,
        List<double[]> histograms,
        double[] missing,
        double rowWeight)
        implements Serializable {
    /** A variance below this share of the squared mean, or 0, is that of a constant column. */
    private static final double CONSTANT = 1e-20;

    /**
     * Computes the totals in a few traversals: ranges, then the counts that they bound.
     *
     * @throws DataException if a column has no value at all, or a discrete column has one that is
     *     not a whole number from 0 on
     */
    static ColumnTotals of(MixedColumns columns, RowBlocks data) {
        ColumnMoments raw = new ColumnMoments(new double[columns.size()]);
        double[] means = raw.means(data.sums("means of the columns", raw).sums());
        for (int j = 0; j < means.length; j++) {
            if (Double.isNaN(means[j])) {
                throw new DataException(
                        "column %d has no values, expected some in each column".formatted(j));
            }
        }
        ColumnMoments centred = new ColumnMoments(means);
        double[] sums = data.sums("variances of the columns", centred).sums();
        Histograms expectation = new Histograms(columns);
        double[] counts = data.sums("values of the columns", expectation).sums();
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
        return new ColumnTotals(
                columns,
                centred.means(sums),
                centred.variances(sums),
                expectation.each(counts),
                expectation.missing(counts),
                counts[discrete.length] / Math.max(1, counts[discrete.length + 1]));
    }

    /**
     * Returns the share of each value of a discrete column. The levels of a category and the bins
     * of a histogram share the weight of one more row, because rows that were held out may have a
     * level that no training row has.
     */
    double[] shares(int table) {
        double[] histogram = histograms.get(table);
        boolean isShared = columns.get(columns.discrete()[table]).family().hasProbabilities();
        double more = isShared ? rowWeight / histogram.length : 0;
        double total = Arrays.stream(histogram).sum() + more * histogram.length;
        return Arrays.stream(histogram).map(h -> (h + more) / total).toArray();
    }

    /** Returns the variance of a number, or 1 if it is constant. */
    double spread(int column) {
        double variance = variances[column];
        return variance > CONSTANT * means[column] * means[column] ? variance : 1;
    }

    /**
     * Counts the values of the discrete columns. The first entries count the rows of each column
     * whose value is not one of them, then follow weight and number of all rows, and at the end the
     * weight of the missing cells of each column.
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
            return new Accumulator() {
                @Override
                public void add(Block block) {
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
                }

                @Override
                public double[] statistics() {
                    return counts;
                }
            };
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
