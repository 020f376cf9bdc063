package io.github.sparklatent.nn;

import io.github.sparklatent.linalg.FloatPasses;
import io.github.sparklatent.linalg.FloatView;
import java.util.Arrays;
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
    /** Number of images of a group. */
    static final int GROUP = FloatPasses.LANES;

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
                (long) cells(image, kernel) * places(image.width(), kernel, stride, padding) * GROUP
                        <= Integer.MAX_VALUE - 8,
                "the patches of %d images of %s under a kernel of %d are more than an array holds",
                GROUP,
                image,
                kernel);
        Check.that(
                (long) image.channels() * (image.height() + 2 * padding) * (image.width() + 2 * padding) * GROUP
                        <= Integer.MAX_VALUE - 8,
                "%d images of %s are more than an array holds",
                GROUP,
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
        return pixel * GROUP;
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
        return pixel * GROUP;
    }

    /**
     * The im2col matrices of a convolution, for a group of {@link FloatPasses#LANES} images at a time. The values of
     * all images at one pixel are adjacent in memory, so that patches are copied by whole registers at any stride. If a
     * batch has fewer images left, the rest of the group is zero.
     *
     * <p>A convolution has two sides. The kernel moves over the images on one side, and these are cut into patches. On
     * the other side, each patch has one place (one pixel of c′ channels). A convolution computes the other side from
     * the patches; a transposed convolution goes the opposite way.
     *
     * <p>A matrix product covers the patches of one strip: some lines of places. A strip is large enough for a fast
     * product, and so small that the factors stay in the processor's cache.
     */
    static final class Buffers {
        /** The number of columns that a product should have. */
        private static final int COLUMNS = 512;

        /** The largest number of floats in the patches of a product. */
        private static final int PATCHES = 1 << 18;

        private final Im2col patches;
        private final int channels;
        private final int width;
        private final int height;
        private final int lines;
        private final float[] padded;
        private final float[] sums;
        private final float[] cells;
        private final float[] images;

        /**
         * Creates the buffers of one task. {@code channels}: number of channels of the images on the other side, c′.
         */
        Buffers(Im2col patches, int channels) {
            this.patches = patches;
            this.channels = channels;
            this.width = patches.width() * GROUP;
            this.height = patches.height();
            Check.that(
                    (long) channels * height * width <= Integer.MAX_VALUE - 8,
                    "%d channels of %d x %d places of %d images are more than an array holds",
                    channels,
                    height,
                    patches.width(),
                    GROUP);
            int fit = Math.min(COLUMNS, PATCHES / patches.rows()) / width;
            int strips = (height + Math.max(1, fit) - 1) / Math.max(1, fit);
            this.lines = (height + strips - 1) / strips;
            this.padded = new float[patches.paddedSize() * GROUP];
            this.sums = new float[patches.paddedSize() * GROUP];
            this.cells = new float[patches.rows() * lines * width];
            this.images = new float[channels * height * width];
        }

        int strips() {
            return (height + lines - 1) / lines;
        }

        private int lines(int strip) {
            return Math.min(lines, height - strip * lines);
        }

        /** Returns the patches of a strip: c·k·k rows, and one column for each place of the strip and each image. */
        FloatView patches(int strip) {
            return FloatView.of(cells, 0, patches.rows(), lines(strip) * width);
        }

        /**
         * Returns the part of the images on the other side that lies at the places of a strip: c′ rows, with the same
         * columns as {@link #patches}.
         */
        FloatView images(int strip) {
            int columns = lines(strip) * width;
            return new FloatView(images, strip * lines * width, channels, columns, height * width, false);
        }

        /**
         * Reads a group of images from a batch, to cut them into patches. One row of the batch is one image.
         *
         * @param row the first row to read
         */
        void read(FMatrixRMaj batch, int row) {
            Arrays.fill(padded, 0f);
            ImageShape image = patches.image;
            int count = Math.min(GROUP, batch.numRows - row);
            int from = row * batch.numCols;
            for (int c = 0; c < image.channels(); c++) {
                for (int y = 0; y < image.height(); y++, from += image.width()) {
                    int to = patches.place(c, y);
                    FloatPasses.toLanes(batch.data, from, batch.numCols, count, padded, to, image.width());
                }
            }
        }

        /** Fills the patches of a strip from the images that {@link #read} has read. */
        void gather(int strip) {
            int step = patches.stride * GROUP;
            int line = step * patches.paddedWidth();
            int length = lines(strip) * width;
            for (int row = 0; row < patches.rows(); row++) {
                int from = patches.first(row, strip * lines);
                FloatPasses.gather(padded, from, line, step, cells, row * length, lines(strip), patches.width());
            }
        }

        /** Sets the sums at all pixels, which {@link #scatter} adds to, to 0. */
        void clear() {
            Arrays.fill(sums, 0f);
        }

        /** Adds each value in the patches of a strip to the sum at its pixel. */
        void scatter(int strip) {
            int step = patches.stride * GROUP;
            int line = step * patches.paddedWidth();
            int length = lines(strip) * width;
            for (int row = 0; row < patches.rows(); row++) {
                int to = patches.first(row, strip * lines);
                FloatPasses.scatter(cells, row * length, sums, to, line, step, lines(strip), patches.width());
            }
        }

        /**
         * Copies the sums of {@link #scatter} to a batch. One row of the batch is one image.
         *
         * @param row the first row to write
         */
        void write(FMatrixRMaj batch, int row) {
            ImageShape image = patches.image;
            int count = Math.min(GROUP, batch.numRows - row);
            int to = row * batch.numCols;
            for (int c = 0; c < image.channels(); c++) {
                for (int y = 0; y < image.height(); y++, to += image.width()) {
                    int from = patches.place(c, y);
                    FloatPasses.fromLanes(sums, from, batch.data, to, batch.numCols, count, image.width());
                }
            }
        }

        /** Reads a group of images on the other side from a batch. {@code row}: the first row to read. */
        void load(FMatrixRMaj batch, int row) {
            int columns = batch.numCols;
            int count = Math.min(GROUP, batch.numRows - row);
            FloatPasses.toLanes(batch.data, row * columns, columns, count, images, 0, columns);
        }

        /** Copies the group of images on the other side to a batch. {@code row}: the first row to write. */
        void store(FMatrixRMaj batch, int row) {
            int columns = batch.numCols;
            int count = Math.min(GROUP, batch.numRows - row);
            FloatPasses.fromLanes(images, 0, batch.data, row * columns, columns, count, columns);
        }
    }
}
