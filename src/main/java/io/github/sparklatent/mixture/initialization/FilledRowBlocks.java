package io.github.sparklatent.mixture.initialization;

import io.github.sparklatent.learn.em.ColumnMoments;
import io.github.sparklatent.learn.em.MappedRowBlocks;
import io.github.sparklatent.learn.em.RowBlocks;

/**
 * Row blocks in which each missing value is replaced by the mean of its column over the observed values. EM is
 * initialised on these rows: k-means and the first covariances need complete rows, and the first round of EM then
 * completes the values under the mixture.
 */
public final class FilledRowBlocks {
    private FilledRowBlocks() {}

    /** Returns the same rows if they are complete; else computes the means in one traversal. */
    public static RowBlocks of(RowBlocks data) {
        if (data.isComplete()) {
            return data;
        }
        boolean isFilled = data instanceof MappedRowBlocks mapped && mapped.mapping() instanceof Filling;
        return isFilled ? data : new MappedRowBlocks(data, new Filling(means(data)));
    }

    /** Returns the means of the columns over the observed values, d numbers, in one traversal. */
    public static double[] means(RowBlocks data) {
        ColumnMoments moments = new ColumnMoments(new double[data.width()]);
        return moments.means(data.sums("GMM, means of the columns", moments).sums());
    }

    /** Returns the variances of the columns over the observed values, in two traversals. */
    public static double[] variances(RowBlocks data) {
        ColumnMoments around = new ColumnMoments(means(data));
        return around.variances(
                data.sums("GMM, variances of the columns", around).sums());
    }

    /**
     * Fills missing values.
     *
     * @param means means of the columns, d numbers. Not to be modified.
     */
    private record Filling(double[] means) implements MappedRowBlocks.Mapping {
        @Override
        public int width() {
            return means.length;
        }

        @Override
        public void map(double[] rows, int from, double[] mapped, int to) {
            for (int j = 0; j < means.length; j++) {
                double value = rows[from + j];
                mapped[to + j] = Double.isNaN(value) ? means[j] : value;
            }
        }
    }
}
