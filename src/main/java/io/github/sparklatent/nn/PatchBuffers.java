package io.github.sparklatent.nn;

import io.github.sparklatent.linalg.FloatPasses;
import io.github.sparklatent.linalg.FloatView;
import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;

/**
 * The matrices of a convolution for a few images at a time, {@link FloatPasses#LANES}. They lie
 * side by side, the numbers of all at one pixel together, so that patches are cut and put back by
 * whole registers whatever the stride. Where a batch has no more images, there are zeros.
 *
 * <p>A product takes the patches of some lines of the kernel's places, a strip: enough to be quick,
 * and so few that its factors stay in the processor's cache.
 */
final class PatchBuffers {
    /** Columns that a product should have, and floats of patches that it may. */
    private static final int COLUMNS = 512;

    private static final int PATCHES = 1 << 18;

    /** Images at a time. */
    static final int GROUP = FloatPasses.LANES;

    private final Patches patches;
    private final int channels;
    private final int width;
    private final int height;
    private final int lines;
    private final float[] padded;
    private final float[] sums;
    private final float[] seen;
    private final float[] images;

    /**
     * @param channels of the images on the other side
     */
    PatchBuffers(Patches patches, int channels) {
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
        this.seen = new float[patches.rows() * lines * width];
        this.images = new float[channels * height * width];
    }

    /** Strips that the places make. */
    int strips() {
        return (height + lines - 1) / lines;
    }

    private int lines(int strip) {
        return Math.min(lines, height - strip * lines);
    }

    /** The patches of a strip, c·k·k × its places. */
    FloatView seen(int strip) {
        return FloatView.of(seen, 0, patches.rows(), lines(strip) * width);
    }

    /** The same places of the images on the other side, channels × places. */
    FloatView images(int strip) {
        int columns = lines(strip) * width;
        return new FloatView(
                images, strip * lines * width, channels, columns, height * width, false);
    }

    /** Takes the images that kernels move over from rows of a batch. */
    void read(FMatrixRMaj batch, int row) {
        Arrays.fill(padded, 0f);
        patches.read(batch, row, padded);
    }

    /** Fills the patches of a strip with what kernels see there. */
    void gather(int strip) {
        patches.gather(padded, strip * lines, lines(strip), seen);
    }

    /** Forgets what {@link #scatter} has added so far. */
    void clear() {
        Arrays.fill(sums, 0f);
    }

    /** Adds the patches of a strip to their pixels. */
    void scatter(int strip) {
        patches.scatter(seen, sums, strip * lines, lines(strip));
    }

    /** Copies what was added up into rows of a batch. */
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
