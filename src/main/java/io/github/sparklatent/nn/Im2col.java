package io.github.sparklatent.nn;

import io.github.sparklatent.linalg.FloatPasses;
import org.ejml.data.FMatrixRMaj;

/**
 * The im2col matrix of an image: a row for each of the c·k·k cells of a kernel, a column for each
 * of its h′·w′ places. A convolution is then one product with the kernels, and its result is
 * ordered channel by channel like an image.
 *
 * <pre>
 *   patches[(c, i, j)][(y, x)] = image[c][y·stride + i − padding][x·stride + j − padding]
 *   h′ = ⌊(h + 2·padding − k) / stride⌋ + 1, w′ likewise; pixels outside of the image are 0
 * </pre>
 *
 * @param image that the kernel moves over
 * @param kernel k, its height and width
 * @param stride pixels from one place to the next
 * @param padding pixels of zeros around the image
 */
record Im2col(ImageShape image, int kernel, int stride, int padding) {
    Im2col {
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
                                * places(image.width(), kernel, stride, padding)
                                * FloatPasses.LANES
                        <= Integer.MAX_VALUE - 8,
                "the patches of %d images of %s under a kernel of %d are more than an array holds",
                FloatPasses.LANES,
                image,
                kernel);
        Check.that(
                (long) image.channels()
                                * (image.height() + 2 * padding)
                                * (image.width() + 2 * padding)
                                * FloatPasses.LANES
                        <= Integer.MAX_VALUE - 8,
                "%d images of %s are more than an array holds",
                FloatPasses.LANES,
                image);
    }

    private static int cells(ImageShape image, int kernel) {
        return Math.multiplyExact(image.channels(), Math.multiplyExact(kernel, kernel));
    }

    private static int places(int length, int kernel, int stride, int padding) {
        return (length + 2 * padding - kernel) / stride + 1;
    }

    /** Returns h′. */
    int height() {
        return places(image.height(), kernel, stride, padding);
    }

    /** Returns w′. */
    int width() {
        return places(image.width(), kernel, stride, padding);
    }

    /** Returns the rows of the matrix, c·k·k. */
    int rows() {
        return cells(image, kernel);
    }

    /** Returns the pixels of the image with its padding. */
    int paddedSize() {
        return image.channels() * paddedHeight() * paddedWidth();
    }

    private int paddedHeight() {
        return image.height() + 2 * padding;
    }

    private int paddedWidth() {
        return image.width() + 2 * padding;
    }

    /** Returns the offset of a line of the image in the padded images. */
    private int place(int channel, int line) {
        int pixel = (channel * paddedHeight() + line + padding) * paddedWidth() + padding;
        return pixel * FloatPasses.LANES;
    }

    /** Returns the offset of a kernel's cell in the padded images, at its first place of a line. */
    private int first(int row, int line) {
        int channel = row / (kernel * kernel);
        int i = row / kernel % kernel + line * stride;
        int pixel = (channel * paddedHeight() + i) * paddedWidth() + row % kernel;
        return pixel * FloatPasses.LANES;
    }

    /**
     * Interleaves images, inside of their padding.
     *
     * @param batch whose rows are images, as many as there are lanes or fewer. Not modified.
     * @param padded images of {@link #paddedSize} pixels, interleaved. Modified.
     */
    void read(FMatrixRMaj batch, int row, float[] padded) {
        int count = Math.min(FloatPasses.LANES, batch.numRows - row);
        int from = row * batch.numCols;
        for (int c = 0; c < image.channels(); c++) {
            for (int y = 0; y < image.height(); y++, from += image.width()) {
                FloatPasses.toLanes(
                        batch.data, from, batch.numCols, count, padded, place(c, y), image.width());
            }
        }
    }

    /** Copies interleaved images to rows of a batch: the inverse of {@link #read}. */
    void write(float[] padded, FMatrixRMaj batch, int row) {
        int count = Math.min(FloatPasses.LANES, batch.numRows - row);
        int to = row * batch.numCols;
        for (int c = 0; c < image.channels(); c++) {
            for (int y = 0; y < image.height(); y++, to += image.width()) {
                FloatPasses.fromLanes(
                        padded, place(c, y), batch.data, to, batch.numCols, count, image.width());
            }
        }
    }

    /**
     * Writes the patches of some lines of the output.
     *
     * @param padded as {@link #read} writes them. Not modified.
     * @param line first of the lines
     * @param patches a matrix of {@link #rows} rows; a column for each place and lane. Modified.
     */
    void gather(float[] padded, int line, int lines, float[] patches) {
        int step = stride * FloatPasses.LANES;
        int length = lines * width() * FloatPasses.LANES;
        for (int row = 0; row < rows(); row++) {
            FloatPasses.gather(
                    padded,
                    first(row, line),
                    step * paddedWidth(),
                    step,
                    patches,
                    row * length,
                    lines,
                    width());
        }
    }

    /** Adds each patch to its pixels: the adjoint of {@link #gather}. */
    void scatter(float[] patches, float[] padded, int line, int lines) {
        int step = stride * FloatPasses.LANES;
        int length = lines * width() * FloatPasses.LANES;
        for (int row = 0; row < rows(); row++) {
            FloatPasses.scatter(
                    patches,
                    row * length,
                    padded,
                    first(row, line),
                    step * paddedWidth(),
                    step,
                    lines,
                    width());
        }
    }
}
