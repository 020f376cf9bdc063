package io.github.sparklatent.nn;

import io.github.sparklatent.linalg.FloatPasses;
import io.github.sparklatent.linalg.FloatView;
import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;

/**
 * The im2col matrices of a convolution, for a group of {@link FloatPasses#LANES} images at a time. The values of all
 * images at one pixel are adjacent in memory, so that patches are copied by whole registers at any stride. If a batch
 * has fewer images left, the rest of the group is zero.
 *
 * <p>A convolution has two sides. The kernel moves over the images on one side, and these are cut into patches. On the
 * other side, each patch has one place (one pixel of c′ channels). A convolution computes the other side from the
 * patches; a transposed convolution goes the opposite way.
 *
 * <p>A matrix product covers the patches of one strip: some lines of places. A strip is large enough for a fast
 * product, and so small that the factors stay in the processor's cache.
 */
final class Im2colBuffers {
    /** The number of columns that a product should have. */
    private static final int COLUMNS = 512;

    /** The largest number of floats in the patches of a product. */
    private static final int PATCHES = 1 << 18;

    /** Number of images of a group. */
    static final int GROUP = FloatPasses.LANES;

    private final Im2col patches;
    private final int channels;
    private final int width;
    private final int height;
    private final int lines;
    private final float[] padded;
    private final float[] sums;
    private final float[] cells;
    private final float[] images;

    /** Creates the buffers of one task. {@code channels}: number of channels of the images on the other side, c′. */
    Im2colBuffers(Im2col patches, int channels) {
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
        patches.read(batch, row, padded);
    }

    /** Fills the patches of a strip from the images that {@link #read} has read. */
    void gather(int strip) {
        patches.gather(padded, strip * lines, lines(strip), cells);
    }

    /** Sets the sums at all pixels, which {@link #scatter} adds to, to 0. */
    void clear() {
        Arrays.fill(sums, 0f);
    }

    /** Adds each value in the patches of a strip to the sum at its pixel. */
    void scatter(int strip) {
        patches.scatter(cells, sums, strip * lines, lines(strip));
    }

    /**
     * Copies the sums of {@link #scatter} to a batch. One row of the batch is one image.
     *
     * @param row the first row to write
     */
    void write(FMatrixRMaj batch, int row) {
        patches.write(sums, batch, row);
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
