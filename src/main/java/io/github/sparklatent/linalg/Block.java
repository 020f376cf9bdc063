package io.github.sparklatent.linalg;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * Some hundred rows of the data as one matrix, with their weights. Workers compute on blocks.
 *
 * <p>Packing may merge equal neighbouring rows into one row of greater weight. {@link #count()} is the number of rows
 * before that.
 *
 * <p>A missing value is NaN. Only mixtures can compute with blocks that have some.
 */
public final class Block implements Serializable {
    /** Doubles in the rows of a full block: 256 KiB, half of a common second-level cache. */
    private static final int TARGET_LENGTH = 1 << 15;

    private static final int MIN_HEIGHT = 32;
    private static final int MAX_HEIGHT = 1024;

    private final DMatrixRMaj rows;
    private final double[] weights;
    private final long count;
    private final double squaredWeights;
    private final MissingCells missing;

    /**
     * Creates a block of rows that were not merged.
     *
     * @param rows n × d. Kept, not copied; not to be modified afterwards.
     * @param weights n weights, all positive, or null if each is 1. Kept, not copied.
     * @param count number of rows of the table that were packed into this block
     */
    public Block(DMatrixRMaj rows, double[] weights, long count) {
        this(
                rows,
                weights,
                count,
                weights == null
                        ? rows.numRows
                        : Arrays.stream(weights).map(w -> w * w).sum());
    }

    /**
     * Creates a block.
     *
     * @param squaredWeights sum of the squared weights of the rows of the table, before equal rows were merged
     */
    public Block(DMatrixRMaj rows, double[] weights, long count, double squaredWeights) {
        if (weights != null && weights.length != rows.numRows) {
            throw new IllegalArgumentException(
                    "block has " + weights.length + " weights, expected " + rows.numRows + " (one per row)");
        }
        this.rows = rows;
        this.weights = weights;
        this.count = count;
        this.squaredWeights = squaredWeights;
        this.missing = MissingCells.of(rows);
    }

    /**
     * Returns a block of other rows with the same weights and counts.
     *
     * @param other n × d, as many rows as in this block. Kept, not copied.
     */
    public Block with(DMatrixRMaj other) {
        return new Block(other, weights, count, squaredWeights);
    }

    /** Creates a block of rows of weight 1. */
    public static Block of(DMatrixRMaj rows) {
        return new Block(rows, null, rows.numRows);
    }

    /**
     * Returns the number of rows of a full block. It depends on the width alone, so that sums are the same on every
     * machine.
     */
    public static int height(int width) {
        return Math.max(MIN_HEIGHT, Math.min(MAX_HEIGHT, TARGET_LENGTH / Math.max(1, width)));
    }

    /** Returns the rows, n × d. Not to be modified. */
    public DMatrixRMaj rows() {
        return rows;
    }

    public int size() {
        return rows.numRows;
    }

    public int width() {
        return rows.numCols;
    }

    /** Returns the number of rows of the table that were packed into this block; at least {@link #size()}. */
    public long count() {
        return count;
    }

    /** Returns the sum of the squared weights of the rows of the table that were packed into this block. */
    public double squaredWeights() {
        return squaredWeights;
    }

    /** Returns whether no value is missing. */
    public boolean isComplete() {
        return missing == null;
    }

    /** Returns the missing values, or null if the block is complete. */
    public MissingCells missing() {
        return missing;
    }

    /**
     * Returns a block of some of the rows. Rows that were merged count in proportion to the weight that is left.
     *
     * @param some indices of rows. Not modified.
     */
    public Block select(int[] some) {
        int d = width();
        DMatrixRMaj selected = new DMatrixRMaj(some.length, d);
        double[] ofSelected = weights == null ? null : new double[some.length];
        for (int i = 0; i < some.length; i++) {
            System.arraycopy(rows.data, some[i] * d, selected.data, i * d, d);
            if (weights != null) {
                ofSelected[i] = weights[some[i]];
            }
        }
        if (count == size()) {
            return new Block(selected, ofSelected, some.length);
        }
        double left = weights == null ? some.length : Arrays.stream(ofSelected).sum();
        double share = left / (weights == null ? size() : Arrays.stream(weights).sum());
        return new Block(selected, ofSelected, Math.round(share * count), share * squaredWeights);
    }

    /**
     * Cuts the block into slices of consecutive rows.
     *
     * @param height largest number of rows of a slice
     * @return the slices; the first of them has the count and the squared weights of all
     */
    public List<Block> slices(int height) {
        if (size() <= height) {
            return List.of(this);
        }
        int d = width();
        List<Block> slices = new ArrayList<>();
        for (int from = 0; from < size(); from += height) {
            int to = Math.min(size(), from + height);
            slices.add(new Block(
                    DMatrixRMaj.wrap(to - from, d, Arrays.copyOfRange(rows.data, from * d, to * d)),
                    weights == null ? null : Arrays.copyOfRange(weights, from, to),
                    from == 0 ? count : 0,
                    from == 0 ? squaredWeights : 0));
        }
        return slices;
    }

    /** Returns whether every row has weight 1. */
    public boolean isUnweighted() {
        return weights == null;
    }

    public double weight(int row) {
        return weights == null ? 1 : weights[row];
    }
}
