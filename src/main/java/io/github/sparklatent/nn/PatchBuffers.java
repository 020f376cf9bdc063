package io.github.sparklatent.nn;

import io.github.sparklatent.linalg.FloatView;
import org.ejml.data.FMatrixRMaj;

/**
 * The matrices of a convolution for a few images at a time: their patches side by side, and the
 * images on the convolution's other side, by channels, in the same order. A few, so that a product
 * is wide enough to be quick and its factors stay in the processor's cache.
 */
final class PatchBuffers {
    /** Columns that a product should have, and floats of patches that it may. */
    private static final int COLUMNS = 512;

    private static final int PATCHES = 1 << 18;

    private final Patches patches;
    private final int channels;
    private final int places;
    private final int group;
    private final float[] padded;
    private final float[] seen;
    private final float[] images;

    /**
     * @param channels of the images on the other side
     * @param maxRows rows of a batch at most
     */
    PatchBuffers(Patches patches, int channels, int maxRows) {
        this.patches = patches;
        this.channels = channels;
        this.places = patches.columns();
        int fit = Math.min(COLUMNS / places, PATCHES / patches.rows() / places);
        this.group = Math.max(1, Math.min(maxRows, fit));
        this.padded = new float[patches.paddedSize()];
        this.seen = new float[patches.rows() * places * group];
        this.images = new float[channels * places * group];
    }

    /** Images of the group that starts with a row. */
    int count(int row, FMatrixRMaj batch) {
        return Math.min(group, batch.numRows - row);
    }

    /** The patches of so many images, c·k·k × (count·h′·w′). */
    FloatView seen(int count) {
        return FloatView.of(seen, 0, patches.rows(), count * places);
    }

    /** So many images of the other side, channels × (count·h′·w′). */
    FloatView images(int count) {
        return FloatView.of(images, 0, channels, count * places);
    }

    /** Fills the patches with those of rows of a batch. */
    void gather(FMatrixRMaj batch, int row, int count) {
        for (int i = 0; i < count; i++) {
            int from = (row + i) * batch.numCols;
            patches.gather(batch.data, from, padded, seen, count * places, i * places);
        }
    }

    /** Adds the patches to rows of a batch. */
    void scatter(FMatrixRMaj batch, int row, int count) {
        for (int i = 0; i < count; i++) {
            int to = (row + i) * batch.numCols;
            patches.scatter(seen, count * places, i * places, padded, batch.data, to);
        }
    }

    /** Fills the other side's images with rows of a batch. */
    void load(FMatrixRMaj batch, int row, int count) {
        for (int i = 0; i < count; i++) {
            for (int c = 0; c < channels; c++) {
                int from = (row + i) * batch.numCols + c * places;
                System.arraycopy(batch.data, from, images, (c * count + i) * places, places);
            }
        }
    }

    /** Copies the other side's images into rows of a batch. */
    void store(FMatrixRMaj batch, int row, int count) {
        for (int i = 0; i < count; i++) {
            for (int c = 0; c < channels; c++) {
                int to = (row + i) * batch.numCols + c * places;
                System.arraycopy(images, (c * count + i) * places, batch.data, to, places);
            }
        }
    }
}
