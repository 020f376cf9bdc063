package io.github.sparklatent.ml.evaluation;

import io.github.sparklatent.report.chart.Image;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import org.ejml.data.DMatrixRMaj;

/**
 * Detects whether features are the pixels of a square image, by three conditions. The features come from one vector or
 * from consecutively numbered columns. The values are grey values: integers from 0 to 255, or numbers from 0 to 1.
 * Vertically adjacent pixels are more alike than columns of the table are on average.
 */
public final class ImageDetection {
    private static final int LEAST_PIXELS = 16;
    private static final double GREATEST_GREY = 255;

    /** Smallest difference of the mean correlation of vertically adjacent pixels and that of all columns. */
    private static final double MARGIN = 0.1;

    /** Largest single-precision error of an integer up to 255 after scaling and inverse scaling. */
    private static final double ROUNDING = 1e-4;

    private static final Pattern NUMBERED = Pattern.compile("(.*?)(\\d{1,9})(\\]?)");

    private ImageDetection() {}

    /**
     * Returns the shape of the image, or null if the features are not an image.
     *
     * @param sample m × d, in the units of the table. Not modified.
     */
    public static Image of(List<String> names, DMatrixRMaj sample) {
        int side = (int) Math.round(Math.sqrt(names.size()));
        boolean image = names.size() >= LEAST_PIXELS
                && side * side == names.size()
                && sample.numRows > 1
                && areNumbered(names)
                && areGrey(sample)
                && areSmooth(sample, side);
        return image ? new Image(1, side, side) : null;
    }

    private static boolean areNumbered(List<String> names) {
        Matcher first = NUMBERED.matcher(names.get(0));
        if (!first.matches()) {
            return false;
        }
        long number = Long.parseLong(first.group(2));
        for (int j = 0; j < names.size(); j++) {
            String expected = first.group(1) + (number + j) + first.group(3);
            if (!names.get(j).equals(expected)) {
                return false;
            }
        }
        return true;
    }

    private static boolean areGrey(DMatrixRMaj sample) {
        boolean whole = true;
        double greatest = 0;
        for (int i = 0; i < sample.getNumElements(); i++) {
            double value = sample.data[i];
            if (!(value >= -ROUNDING && value <= GREATEST_GREY + ROUNDING)) {
                return false;
            }
            whole &= Math.abs(value - Math.rint(value)) <= ROUNDING;
            greatest = Math.max(greatest, value);
        }
        return whole || greatest <= 1 + ROUNDING;
    }

    /**
     * Compares vertical neighbours with all pairs. The mean of c_a · c_b over all pairs a &lt; b is (|Σ c|² − Σ |c|²) /
     * (n (n − 1)).
     */
    private static boolean areSmooth(DMatrixRMaj sample, int side) {
        DMatrixRMaj columns = standardized(sample);
        double[] sum = new double[columns.numCols];
        int used = 0;
        double vertical = 0;
        int neighbours = 0;
        for (int a = 0; a < columns.numRows; a++) {
            if (Double.isNaN(columns.get(a, 0))) {
                continue;
            }
            used++;
            for (int i = 0; i < sum.length; i++) {
                sum[i] += columns.unsafe_get(a, i);
            }
            int below = a + side;
            if (below < columns.numRows && !Double.isNaN(columns.get(below, 0))) {
                vertical += dot(columns, a, below);
                neighbours++;
            }
        }
        double square = DoubleStream.of(sum).map(value -> value * value).sum();
        double overall = (square - used) / ((double) used * (used - 1));
        return neighbours > 0 && vertical / neighbours > overall + MARGIN;
    }

    /** Returns the columns as rows of mean 0 and length 1; NaN if a column is constant. */
    private static DMatrixRMaj standardized(DMatrixRMaj sample) {
        DMatrixRMaj columns = new DMatrixRMaj(sample.numCols, sample.numRows);
        for (int j = 0; j < sample.numCols; j++) {
            double mean = 0;
            for (int i = 0; i < sample.numRows; i++) {
                mean += sample.unsafe_get(i, j) / sample.numRows;
            }
            double square = 0;
            for (int i = 0; i < sample.numRows; i++) {
                double centred = sample.unsafe_get(i, j) - mean;
                columns.unsafe_set(j, i, centred);
                square += centred * centred;
            }
            double length = square > 0 ? Math.sqrt(square) : Double.NaN;
            for (int i = 0; i < sample.numRows; i++) {
                columns.unsafe_set(j, i, columns.unsafe_get(j, i) / length);
            }
        }
        return columns;
    }

    private static double dot(DMatrixRMaj rows, int a, int b) {
        double sum = 0;
        for (int i = 0; i < rows.numCols; i++) {
            sum += rows.unsafe_get(a, i) * rows.unsafe_get(b, i);
        }
        return sum;
    }
}
