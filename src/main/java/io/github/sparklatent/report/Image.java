package io.github.sparklatent.report;

import io.github.sparklatent.learn.Require;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ejml.data.DMatrixRMaj;

/**
 * The layout of features that are the pixels of an image: channel by channel, each row by row, as {@code c · h · w}
 * columns.
 *
 * @param channels 1: grey; 3: red, green and blue
 * @param height height in pixels
 * @param width width in pixels
 */
public record Image(int channels, int height, int width) {
    private static final int MIN_PIXELS = 16;
    private static final double MAX_GREY = 255;

    /** Largest single-precision error of an integer up to 255 after scaling and inverse scaling. */
    private static final double ROUNDING = 1e-4;

    private static final Pattern NUMBERED = Pattern.compile("(.*?)(\\d{1,9})(\\]?)");

    public Image {
        Require.that(channels == 1 || channels == 3, "image.channels is %s, expected 1 (grey) or 3 (colour)", channels);
        Require.that(
                height > 0 && width > 0,
                "the image has %s by %s pixels (width by height), expected at least 1 by 1",
                width,
                height);
    }

    /** Returns the number of features, {@code c · h · w}. */
    public int size() {
        return channels * height * width;
    }

    /**
     * Detects whether a report may show features as a square image, by two conditions. The features come from one
     * vector or from consecutively numbered columns. The values are grey values: integers from 0 to 255, or numbers
     * from 0 to 1.
     *
     * @param sample m × d, in the units of the table. Not modified.
     * @return null if the features are not an image
     */
    public static Image detected(List<String> names, DMatrixRMaj sample) {
        int side = (int) Math.round(Math.sqrt(names.size()));
        boolean image = names.size() >= MIN_PIXELS
                && side * side == names.size()
                && sample.numRows > 1
                && areNumbered(names)
                && areGrey(sample);
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
            if (!(value >= -ROUNDING && value <= MAX_GREY + ROUNDING)) {
                return false;
            }
            whole &= Math.abs(value - Math.rint(value)) <= ROUNDING;
            greatest = Math.max(greatest, value);
        }
        return whole || greatest <= 1 + ROUNDING;
    }
}
