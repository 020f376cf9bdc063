package io.github.sparklatent.report;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * Bins of equal width over a range. A value outside the range is counted in the bin at the nearer end; a value that is
 * not finite is not counted.
 *
 * @param least left end of the first bin
 * @param width width of a bin
 * @param bins number of bins
 */
public record Histogram(double least, double width, int bins) {

    /** A column with at most this many different whole numbers gets one bin for each number. */
    private static final int WHOLE_NUMBERS = 20;

    /** The rounding error allowed in a whole number, since values were scaled in single precision. */
    private static final double NEARLY_WHOLE = 1e-4;

    /** The share of the values at each end that may lie outside the range. They are counted in the bin at that end. */
    private static final double OUTSIDE = 0.005;

    /**
     * Returns bins over the range of the values without the outermost values.
     *
     * @param values Not modified.
     */
    public static Histogram over(double[] values, int bins) {
        double[] sorted = finite(values).sorted().toArray();
        if (sorted.length == 0) {
            return new Histogram(0, 1, 1);
        }
        int outside = (int) (OUTSIDE * sorted.length);
        double least = sorted[outside];
        double largest = sorted[sorted.length - 1 - outside];
        if (!(largest > least)) {
            double width = Math.max(1, Math.abs(least)) / bins;
            return new Histogram(least - width * bins / 2, width, bins);
        }
        return new Histogram(least, (largest - least) / bins, bins);
    }

    /**
     * Returns whether all values are whole numbers in a short range.
     *
     * @param values Not modified.
     */
    public static boolean areCounts(double[] values) {
        double[] finite = finite(values).toArray();
        double least = Arrays.stream(finite).min().orElse(Double.NaN);
        double largest = Arrays.stream(finite).max().orElse(Double.NaN);
        return largest - least < WHOLE_NUMBERS
                && Arrays.stream(finite).allMatch(value -> Math.abs(value - Math.rint(value)) <= NEARLY_WHOLE);
    }

    /**
     * Returns one bin around each whole number from the least to the largest value.
     *
     * @param values Not modified.
     */
    public static Histogram ofCounts(double[] values) {
        double least = Math.rint(finite(values).min().orElse(0));
        double largest = Math.rint(finite(values).max().orElse(0));
        return new Histogram(least - 0.5, 1, (int) (largest - least) + 1);
    }

    /**
     * Returns the share of the values in each bin in percent, or zeros if there are no finite values.
     *
     * @param values Not modified.
     */
    public double[] percent(double[] values) {
        double[] shares = new double[bins];
        double[] finite = finite(values).toArray();
        for (double value : finite) {
            double place = Math.floor((value - least) / width);
            shares[(int) Math.max(0, Math.min(bins - 1, place))] += 1.0 / finite.length;
        }
        return Arrays.stream(shares).map(share -> 100 * share).toArray();
    }

    private static DoubleStream finite(double[] values) {
        return Arrays.stream(values).filter(Double::isFinite);
    }
}
