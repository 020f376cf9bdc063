package io.github.sparklatent.nn;

import java.util.Arrays;

/**
 * What a kernel sees of an image as it moves over it, as a matrix: a row for each of its c·k·k
 * cells, a column for each of its h′·w′ places (im2col). So a convolution is one product with the
 * kernels, and its result lies channel by channel as an image does.
 *
 * <pre>
 *   patches[(c, i, j)][(y, x)] = image[c][y·stride + i − padding][x·stride + j − padding]
 *   h′ = ⌊(h + 2·padding − k) / stride⌋ + 1, w′ likewise; outside of the image there are zeros
 * </pre>
 *
 * @param image that the kernel moves over
 * @param kernel k, its height and width
 * @param stride pixels from one place to the next
 * @param padding pixels of zeros around the image
 */
record Patches(ImageShape image, int kernel, int stride, int padding) {
    Patches {
        Check.that(kernel >= 1, "kernel of a convolution is %d, expected at least 1", kernel);
        Check.that(stride >= 1, "stride of a convolution is %d, expected at least 1", stride);
        Check.that(
                padding >= 0 && padding < kernel,
                "padding of a convolution is %d, expected 0 to %d (less than its kernel)",
                padding,
                kernel - 1);
        Check.that(
                kernel <= Math.min(image.height(), image.width()) + 2 * padding,
                "a kernel of %d x %d does not fit an image of %s with a padding of %d",
                kernel,
                kernel,
                image,
                padding);
        Check.that(
                (long) cells(image, kernel)
                                * places(image.height(), kernel, stride, padding)
                                * places(image.width(), kernel, stride, padding)
                        <= Integer.MAX_VALUE - 8,
                "the patches of an image of %s under a kernel of %d are more than an array holds",
                image,
                kernel);
    }

    private static int cells(ImageShape image, int kernel) {
        return Math.multiplyExact(image.channels(), Math.multiplyExact(kernel, kernel));
    }

    private static int places(int length, int kernel, int stride, int padding) {
        return (length + 2 * padding - kernel) / stride + 1;
    }

    /** h′. */
    int height() {
        return places(image.height(), kernel, stride, padding);
    }

    /** w′. */
    int width() {
        return places(image.width(), kernel, stride, padding);
    }

    /** Rows of the matrix: c·k·k. */
    int rows() {
        return cells(image, kernel);
    }

    /** Columns of the matrix: h′·w′. */
    int columns() {
        return height() * width();
    }

    /** Floats of the image with its padding. */
    int paddedSize() {
        return image.channels() * paddedHeight() * paddedWidth();
    }

    private int paddedHeight() {
        return image.height() + 2 * padding;
    }

    private int paddedWidth() {
        return image.width() + 2 * padding;
    }

    /** The place of pixel (0, 0) of a line of the image in the padded image. */
    private int place(int channel, int line) {
        return (channel * paddedHeight() + line + padding) * paddedWidth() + padding;
    }

    /**
     * Writes the patches of one image.
     *
     * @param from holds the image, from the offset on
     * @param padded of {@link #paddedSize}; overwritten
     * @param patches a matrix of {@link #rows} rows of the width given, of which the columns from
     *     the one given on are written
     */
    void gather(float[] from, int offset, float[] padded, float[] patches, int width, int column) {
        Arrays.fill(padded, 0f);
        int line = offset;
        for (int c = 0; c < image.channels(); c++) {
            for (int y = 0; y < image.height(); y++, line += image.width()) {
                System.arraycopy(from, line, padded, place(c, y), image.width());
            }
        }
        int lines = height();
        int length = width();
        int step = stride * paddedWidth();
        for (int row = 0; row < rows(); row++) {
            int to = row * width + column;
            int start = first(row);
            for (int y = 0; y < lines; y++) {
                copy(padded, start + y * step, stride, patches, to + y * length, length);
            }
        }
    }

    private static void copy(float[] from, int start, int stride, float[] to, int at, int length) {
        for (int x = 0; x < length; x++) {
            to[at + x] = from[start + x * stride];
        }
    }

    /**
     * Adds each patch to its pixels of one image: the adjoint of {@link #gather}.
     *
     * @param patches as there. Not modified.
     * @param padded of {@link #paddedSize}; overwritten
     * @param into holds the image, from the offset on. Modified.
     */
    void scatter(float[] patches, int width, int column, float[] padded, float[] into, int offset) {
        Arrays.fill(padded, 0f);
        int lines = height();
        int length = width();
        int step = stride * paddedWidth();
        for (int row = 0; row < rows(); row++) {
            int from = row * width + column;
            int start = first(row);
            for (int y = 0; y < lines; y++) {
                add(patches, from + y * length, padded, start + y * step, stride, length);
            }
        }
        int line = offset;
        for (int c = 0; c < image.channels(); c++) {
            for (int y = 0; y < image.height(); y++, line += image.width()) {
                add(padded, place(c, y), into, line, 1, image.width());
            }
        }
    }

    private static void add(float[] from, int start, float[] to, int at, int stride, int length) {
        for (int x = 0; x < length; x++) {
            to[at + x * stride] += from[start + x];
        }
    }

    /** Where in the padded image a cell of the kernel starts. */
    private int first(int row) {
        int channel = row / (kernel * kernel);
        int i = row / kernel % kernel;
        return (channel * paddedHeight() + i) * paddedWidth() + row % kernel;
    }
}
