package io.github.sparklatent.nn;

import io.github.sparklatent.linalg.FloatPasses;
import org.ejml.data.FMatrixRMaj;

/**
 * The im2col matrix of an image with c channels of h × w pixels. A kernel has c·k·k cells and moves over the image; it
 * stops at h′·w′ places. The matrix has one row for each cell and one column for each place. A convolution is then one
 * product of the kernels with this matrix, and its result is ordered channel by channel, like an image.
 *
 * <pre>
 *   patches[(c, i, j)][(y, x)] = image[c][y·stride + i − padding][x·stride + j − padding]
 *   h′ = ⌊(h + 2·padding − k) / stride⌋ + 1, w′ likewise; pixels outside of the image are 0
 * </pre>
 *
 * @param image shape of the image, c × h × w
 * @param kernel k, height and width of the kernel in pixels
 * @param stride number of pixels from one place to the next
 * @param padding number of pixels of zeros on each side of the image
 */
record Im2col(ImageShape image, int kernel, int stride, int padding) {
    Im2col {
        LayerSpec.Kernel.require(kernel, stride, padding);
        Check.that(
                kernel <= Math.min(image.height(), image.width()) + 2 * padding,
                "a kernel of %d x %d does not fit an image of %s with a padding of %d",
                kernel,
                kernel,
                image,
                padding);
        Check.that(
                (long) cells(image, kernel) * places(image.width(), kernel, stride, padding) * FloatPasses.LANES
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

    /** Returns h′, the number of places in a column of the image. */
    int height() {
        return places(image.height(), kernel, stride, padding);
    }

    /** Returns w′, the number of places in a line of the image. */
    int width() {
        return places(image.width(), kernel, stride, padding);
    }

    /** Returns the number of rows of the matrix, c·k·k. */
    int rows() {
        return cells(image, kernel);
    }

    /** Returns the number of values of the image with its padding: c · (h + 2·padding) · (w + 2·padding). */
    int paddedSize() {
        return image.channels() * paddedHeight() * paddedWidth();
    }

    private int paddedHeight() {
        return image.height() + 2 * padding;
    }

    private int paddedWidth() {
        return image.width() + 2 * padding;
    }

    /** Returns the index of the first value of a line of the image in the array of padded images. */
    private int place(int channel, int line) {
        int pixel = (channel * paddedHeight() + line + padding) * paddedWidth() + padding;
        return pixel * FloatPasses.LANES;
    }

    /**
     * Returns the index, in the array of padded images, of the value at one cell of the kernel when the kernel is at
     * the first place of a line.
     *
     * @param row index of the cell
     * @param line index of the line of places, 0 to h′ − 1
     */
    private int first(int row, int line) {
        int channel = row / (kernel * kernel);
        int i = row / kernel % kernel + line * stride;
        int pixel = (channel * paddedHeight() + i) * paddedWidth() + row % kernel;
        return pixel * FloatPasses.LANES;
    }

    /**
     * Copies some images of a batch into an array of padded and interleaved images. At most {@link FloatPasses#LANES}
     * images are copied. The values of all of them at the same pixel are adjacent. The padding is not written.
     *
     * @param batch a batch; each row is one image. Not modified.
     * @param row index of the first image in the batch
     * @param padded {@link #paddedSize} · {@link FloatPasses#LANES} values. Modified.
     */
    void read(FMatrixRMaj batch, int row, float[] padded) {
        int count = Math.min(FloatPasses.LANES, batch.numRows - row);
        int from = row * batch.numCols;
        for (int c = 0; c < image.channels(); c++) {
            for (int y = 0; y < image.height(); y++, from += image.width()) {
                FloatPasses.toLanes(batch.data, from, batch.numCols, count, padded, place(c, y), image.width());
            }
        }
    }

    /** Copies interleaved images to rows of a batch, without their padding: the inverse of {@link #read}. */
    void write(float[] padded, FMatrixRMaj batch, int row) {
        int count = Math.min(FloatPasses.LANES, batch.numRows - row);
        int to = row * batch.numCols;
        for (int c = 0; c < image.channels(); c++) {
            for (int y = 0; y < image.height(); y++, to += image.width()) {
                FloatPasses.fromLanes(padded, place(c, y), batch.data, to, batch.numCols, count, image.width());
            }
        }
    }

    /**
     * Writes the columns of the matrix (the patches) for the places in some lines.
     *
     * @param padded images as {@link #read} writes them. Not modified.
     * @param line index of the first line of places
     * @param lines number of lines
     * @param patches a matrix of {@link #rows} rows, with one column for each place and each interleaved image.
     *     Modified.
     */
    void gather(float[] padded, int line, int lines, float[] patches) {
        int step = stride * FloatPasses.LANES;
        int length = lines * width() * FloatPasses.LANES;
        for (int row = 0; row < rows(); row++) {
            FloatPasses.gather(
                    padded, first(row, line), step * paddedWidth(), step, patches, row * length, lines, width());
        }
    }

    /**
     * Adds each value of the patches to the pixel from which {@link #gather} takes it: the adjoint of {@link #gather}.
     */
    void scatter(float[] patches, float[] padded, int line, int lines) {
        int step = stride * FloatPasses.LANES;
        int length = lines * width() * FloatPasses.LANES;
        for (int row = 0; row < rows(); row++) {
            FloatPasses.scatter(
                    patches, row * length, padded, first(row, line), step * paddedWidth(), step, lines, width());
        }
    }
}
