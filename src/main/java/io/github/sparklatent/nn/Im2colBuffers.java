package io.github.sparklatent.nn;

import io.github.sparklatent.linalg.FloatPasses;
import io.github.sparklatent.linalg.FloatView;
import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;

/**
 * The im2col matrices of a convolution for {@link FloatPasses#LANES} images at a time. The values
 * of all images at one pixel are adjacent, so that patches are copied by whole registers at any
 * stride. If a batch has fewer images, the rest is zero.
 *
 * <p>A product covers the patches of some lines of the output, a strip: enough to be fast, and so
 * few that its factors stay in the processor's cache.
 */
final class Im2colBuffers {
    /** Columns that a product should have. */
    private static final int COLUMNS = 512;

    /** Floats of patches that a product may have. */
    private static final int PATCHES = 1 << 18;

    /** Images at a time. */
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

    /**
     * Creates the buffers of one task.
     *
     * @param channels of the images on the other side
     */
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

    /** Returns the number of strips. */
    int strips() {
        return (height + lines - 1) / lines;
    }

    private int lines(int strip) {
        return Math.min(lines, height - strip * lines);
    }

    /** Returns the patches of a strip, c·k·k × its places. */
    FloatView patches(int strip) {
        return FloatView.of(cells, 0, patches.rows(), lines(strip) * width);
    }

    /** Returns the same places of the images on the other side, channels × places. */
    FloatView images(int strip) {
        int columns = lines(strip) * width;
        return new FloatView(
                images, strip * lines * width, channels, columns, height * width, false);
    }

    /** Reads the convolved images from rows of a batch. */
    void read(FMatrixRMaj batch, int row) {
        Arrays.fill(padded, 0f);
        patches.read(batch, row, padded);
    }

    /** Fills the patches of a strip from the images. */
    void gather(int strip) {
        patches.gather(padded, strip * lines, lines(strip), cells);
    }

    /** Sets the sums of {@link #scatter} to 0. */
    void clear() {
        Arrays.fill(sums, 0f);
    }

    /** Adds the patches of a strip to their pixels. */
    void scatter(int strip) {
        patches.scatter(cells, sums, strip * lines, lines(strip));
    }

    /** Copies the sums into rows of a batch. */
    void write(FMatrixRMaj batch, int row) {
        patches.write(sums, batch, row);
    }

    /** Fills the other side's images with rows of a batch. */
    void load(FMatrixRMaj batch, int row) {
        int columns = batch.numCols;
        int count = Math.min(GROUP, batch.numRows - row);
        FloatPasses.toLanes(batch.data, row * columns, columns, count, images, 0, columns);
    }

    /** Copies the other side's images into rows of a batch. */
    void store(FMatrixRMaj batch, int row) {
        int columns = batch.numCols;
        int count = Math.min(GROUP, batch.numRows - row);
        FloatPasses.fromLanes(images, 0, batch.data, row * columns, columns, count, columns);
    }
}
