package io.github.sparklatent.report.chart;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * Equal bins over a range; values beyond an end are counted in the bin at that end, values that are
 * not finite not at all.
 *
 * @param least where the first bin begins
 * @param width of a bin
 * @param bins how many
 */
public record Histogram(double least, double width, int bins) {

    /** Values of a column with so many whole numbers at most are counted one by one. */
    private static final int WHOLE_NUMBERS = 20;

    /** Values that were scaled in single precision come back as whole but for so much. */
    private static final double NEARLY_WHOLE = 1e-4;

    /** Of the values at each end, so many may lie outside the range: they are drawn at its end. */
    private static final double OUTSIDE = 0.005;

    /** The range of these values but for the outermost, cut into as many bins. Not modified. */
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

    /** Whether all of these values are whole numbers, and few different ones. Not modified. */
    public static boolean areCounts(double[] values) {
        double[] finite = finite(values).toArray();
        double least = Arrays.stream(finite).min().orElse(Double.NaN);
        double largest = Arrays.stream(finite).max().orElse(Double.NaN);
        return largest - least < WHOLE_NUMBERS
                && Arrays.stream(finite)
                        .allMatch(value -> Math.abs(value - Math.rint(value)) <= NEARLY_WHOLE);
    }

    /** A bin around each whole number from the least to the largest of these. Not modified. */
    public static Histogram ofCounts(double[] values) {
        double least = Math.rint(finite(values).min().orElse(0));
        double largest = Math.rint(finite(values).max().orElse(0));
        return new Histogram(least - 0.5, 1, (int) (largest - least) + 1);
    }

    /** The share of the values in each bin; zeros where there are no values. Not modified. */
    public double[] shares(double[] values) {
        double[] shares = new double[bins];
        double[] finite = finite(values).toArray();
        for (double value : finite) {
            double place = Math.floor((value - least) / width);
            shares[(int) Math.max(0, Math.min(bins - 1, place))] += 1.0 / finite.length;
        }
        return shares;
    }

    private static DoubleStream finite(double[] values) {
        return Arrays.stream(values).filter(Double::isFinite);
    }
}
