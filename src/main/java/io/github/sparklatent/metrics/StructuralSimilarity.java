package io.github.sparklatent.metrics;

import io.github.sparklatent.learn.Require;

/**
 * The mean structural similarity of two images (Wang, Bovik, Sheikh and Simoncelli 2004, eq. 13 to 17): 1 for equal
 * images, near 0 for unrelated ones, −1 at least.
 *
 * <pre>
 *   SSIM = (2 μ_x μ_y + C₁) (2 σ_xy + C₂) / ((μ_x² + μ_y² + C₁) (σ_x² + σ_y² + C₂))
 *   C₁ = (0.01 R)²,  C₂ = (0.03 R)²,  R the range of values
 * </pre>
 *
 * Means, variances and the covariance are weighted by a Gaussian window of 11 × 11 pixels with a standard deviation of
 * 1.5 pixels. The similarity is averaged over all places where the window lies within the image, and over the channels.
 * For an image that is smaller in one direction, the window has the greatest odd width that fits, for example 7 × 7 for
 * 8 × 8 pixels. Values of different windows are not comparable.
 *
 * <p>An object holds buffers and is used by one thread.
 */
public final class StructuralSimilarity {
    private static final int WINDOW = 11;
    private static final double DEVIATION = 1.5;
    private static final double K1 = 0.01;
    private static final double K2 = 0.03;

    private final int channels;
    private final int height;
    private final int width;
    private final double[] window;
    private final double c1;
    private final double c2;
    private final double[] narrowed;
    private final double[][] smoothed;

    /**
     * Creates the buffers for images of one size. The values of an image are ordered channel by channel, each row by
     * row.
     *
     * @param range difference between the greatest and the least possible value: 1 for values in [0, 1], 255 for bytes
     */
    public StructuralSimilarity(int channels, int height, int width, double range) {
        Require.that(
                channels >= 1 && height >= 1 && width >= 1,
                "image is %d x %d x %d, expected channels, height and width of at least 1",
                channels,
                height,
                width);
        Require.that(
                range > 0 && range < Double.POSITIVE_INFINITY,
                "the range of values is %s, expected a number above 0",
                range);
        this.channels = channels;
        this.height = height;
        this.width = width;
        this.window = window(Math.min(WINDOW, Math.min(height, width)));
        this.c1 = K1 * range * K1 * range;
        this.c2 = K2 * range * K2 * range;
        this.narrowed = new double[height * innerWidth()];
        this.smoothed = new double[5][(height - window.length + 1) * innerWidth()];
    }

    /** Returns the values of a Gaussian at integer distances from its centre, scaled to sum 1. */
    private static double[] window(int most) {
        int radius = (most - 1) / 2;
        double[] window = new double[2 * radius + 1];
        double sum = 0;
        for (int i = 0; i < window.length; i++) {
            double distance = (i - radius) / DEVIATION;
            window[i] = StrictMath.exp(-distance * distance / 2);
            sum += window[i];
        }
        for (int i = 0; i < window.length; i++) {
            window[i] /= sum;
        }
        return window;
    }

    private int innerWidth() {
        return width - window.length + 1;
    }

    public int windowSize() {
        return window.length;
    }

    /**
     * Computes the similarity of two images.
     *
     * @param first holds one image from entry {@code firstFrom} on. Not modified.
     * @param second holds the other image from entry {@code secondFrom} on. Not modified.
     */
    public double of(float[] first, int firstFrom, float[] second, int secondFrom) {
        int size = height * width;
        requireImage(first, firstFrom, channels * size);
        requireImage(second, secondFrom, channels * size);
        double sum = 0;
        for (int channel = 0; channel < channels; channel++) {
            int from = channel * size;
            sum += ofChannel(first, firstFrom + from, second, secondFrom + from);
        }
        return sum / channels;
    }

    private static void requireImage(float[] values, int from, int size) {
        Require.that(
                from >= 0 && values.length - from >= size,
                "an image begins at entry %d of %d, expected %d entries from there on",
                from,
                values.length,
                size);
    }

    private double ofChannel(float[] x, int xFrom, float[] y, int yFrom) {
        smooth(x, xFrom, null, 0, smoothed[0]);
        smooth(y, yFrom, null, 0, smoothed[1]);
        smooth(x, xFrom, x, xFrom, smoothed[2]);
        smooth(y, yFrom, y, yFrom, smoothed[3]);
        smooth(x, xFrom, y, yFrom, smoothed[4]);
        double sum = 0;
        for (int i = 0; i < smoothed[0].length; i++) {
            double meanX = smoothed[0][i];
            double meanY = smoothed[1][i];
            double varianceX = smoothed[2][i] - meanX * meanX;
            double varianceY = smoothed[3][i] - meanY * meanY;
            double covariance = smoothed[4][i] - meanX * meanY;
            sum += (2 * meanX * meanY + c1)
                    * (2 * covariance + c2)
                    / ((meanX * meanX + meanY * meanY + c1) * (varianceX + varianceY + c2));
        }
        return sum / smoothed[0].length;
    }

    /**
     * Computes window means of x, or of the products of x and y, at all places where the window fits: first along the
     * rows, then down the columns.
     */
    private void smooth(float[] x, int xFrom, float[] y, int yFrom, double[] to) {
        int inner = innerWidth();
        for (int i = 0; i < height; i++) {
            for (int j = 0; j < inner; j++) {
                double sum = 0;
                for (int k = 0; k < window.length; k++) {
                    int at = i * width + j + k;
                    double value = x[xFrom + at];
                    sum += window[k] * (y == null ? value : value * y[yFrom + at]);
                }
                narrowed[i * inner + j] = sum;
            }
        }
        for (int i = 0; i < to.length; i++) {
            double sum = 0;
            for (int k = 0; k < window.length; k++) {
                sum += window[k] * narrowed[i + k * inner];
            }
            to[i] = sum;
        }
    }
}
