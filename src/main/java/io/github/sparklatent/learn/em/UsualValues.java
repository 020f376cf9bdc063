package io.github.sparklatent.learn.em;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * The range of the usual values of each number of a table. Values beyond it are far: a single one, such as a code for a
 * missing value, can be most of the variance of a column.
 *
 * <pre>
 *   |x − m| ≤ 10 s,   s = q / Φ⁻¹(0.9)
 * </pre>
 *
 * m is the median of the column and q the 0.8-quantile of |x − m|, both of rows drawn at random, so s is the deviation
 * of a Gaussian column. If q is 0, as in a column that is mostly zeros, it is the quantile of those |x − m| that are
 * not 0. If fewer than 20 drawn rows have a distance, all values of the column are usual.
 *
 * @param centres m of each column; NaN if no drawn row has a value
 * @param widths 10 s of each column; infinite if all values are usual
 */
public record UsualValues(double[] centres, double[] widths) implements MappedRowBlocks.Mapping {
    /** Number of deviations within which a value is usual. */
    public static final int DEVIATIONS = 10;

    private static final int ROWS = 1000;

    /** Largest number of values of the drawn rows. */
    private static final int VALUES = 1 << 20;

    private static final int FEWEST = 20;
    private static final double SHARE = 0.8;

    /** The 0.8-quantile of |x| for a Gaussian x of deviation 1. */
    private static final double GAUSSIAN_QUANTILE = 1.2815515655446004;

    /**
     * Finds the ranges in one traversal of the table.
     *
     * @param isDiscrete columns whose values are all usual
     * @param seed of the rows in which the usual values are found
     */
    public static UsualValues of(RowBlocks data, IntPredicate isDiscrete, long seed) {
        int d = data.width();
        long key = RandomStreams.key(seed, Purpose.PROFILE, d);
        List<double[]> rows = RowSample.of(
                        data, "mixture, usual values", key, Math.max(FEWEST, Math.min(ROWS, VALUES / d)))
                .withCopies();
        double[] centres = new double[d];
        double[] widths = new double[d];
        for (int j = 0; j < d; j++) {
            int column = j;
            double[] values = rows.stream()
                    .mapToDouble(row -> row[column])
                    .filter(x -> !Double.isNaN(x))
                    .sorted()
                    .toArray();
            centres[j] = values.length == 0 ? Double.NaN : values[values.length / 2];
            widths[j] = isDiscrete.test(j) ? Double.POSITIVE_INFINITY : width(values, centres[j]);
        }
        return new UsualValues(centres, widths);
    }

    private static double width(double[] values, double centre) {
        double[] distances =
                Arrays.stream(values).map(x -> Math.abs(x - centre)).sorted().toArray();
        double distance = quantile(distances);
        if (distance == 0) {
            distance = quantile(Arrays.stream(distances).filter(x -> x > 0).toArray());
        }
        return DEVIATIONS * distance / GAUSSIAN_QUANTILE;
    }

    private static double quantile(double[] sorted) {
        return sorted.length < FEWEST ? Double.POSITIVE_INFINITY : sorted[(int) (SHARE * sorted.length)];
    }

    @Override
    public int width() {
        return centres.length;
    }

    /** Far values become missing. */
    @Override
    public void map(double[] rows, int from, double[] mapped, int to) {
        for (int j = 0; j < centres.length; j++) {
            double x = rows[from + j];
            mapped[to + j] = Math.abs(x - centres[j]) <= widths[j] ? x : Double.NaN;
        }
    }

    public double nearest(int column, double x) {
        double from = x - centres[column];
        return Math.abs(from) <= widths[column] ? x : centres[column] + Math.copySign(widths[column], from);
    }
}
