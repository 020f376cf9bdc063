package io.github.sparklatent.cluster;

import io.github.sparklatent.cluster.table.RowRecord;
import io.github.sparklatent.cluster.table.UsableRows;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Packs the usable rows of a partition into blocks in one traversal: training rows and held-out rows into blocks of
 * their own, each in the order of the rows.
 *
 * @param <B> class of the blocks
 */
public final class PackedRows<B> implements Iterator<Packed<B>> {
    /**
     * A block that is being packed.
     *
     * @param <B> class of the block
     */
    public interface Packer<B> {
        /** Packs a row, unless the block is full and the row begins the next one. */
        boolean add(RowRecord row);

        /** Returns the packed rows, of which there is at least one. */
        B block();

        long rows();
    }

    private final UsableRows rows;
    private final Predicate<RowRecord> heldOut;
    private final Open train;
    private final Open holdout;
    private final Queue<Packed<B>> full = new ArrayDeque<>();

    /**
     * Creates the iterator over the blocks of a partition.
     *
     * @param keep whether NaN is a missing value
     * @param heldOut whether a row is held out of training
     * @param packer creates an empty block
     */
    public PackedRows(
            Iterator<RowRecord> rows, boolean keep, Predicate<RowRecord> heldOut, Supplier<Packer<B>> packer) {
        this.rows = new UsableRows(rows, keep);
        this.heldOut = heldOut;
        this.train = new Open(packer, false);
        this.holdout = new Open(packer, true);
    }

    /** The block of one role that is being packed; none before its first row. */
    private final class Open {
        private final Supplier<Packer<B>> packers;
        private final boolean isHeldOut;
        private Packer<B> packer;
        private long fingerprint;

        Open(Supplier<Packer<B>> packers, boolean isHeldOut) {
            this.packers = packers;
            this.isHeldOut = isHeldOut;
        }

        void add(RowRecord row, long own) {
            if (packer != null && !packer.add(row)) {
                close();
            }
            if (packer == null) {
                packer = packers.get();
                packer.add(row);
            }
            fingerprint += own;
        }

        void close() {
            if (packer != null) {
                full.add(new Packed<>(packer.block(), packer.rows(), fingerprint, isHeldOut));
                packer = null;
                fingerprint = 0;
            }
        }
    }

    @Override
    public boolean hasNext() {
        while (full.isEmpty() && rows.hasNext()) {
            long before = rows.fingerprint();
            RowRecord row = rows.next();
            (heldOut.test(row) ? holdout : train).add(row, rows.fingerprint() - before);
        }
        if (full.isEmpty()) {
            train.close();
            holdout.close();
        }
        return !full.isEmpty();
    }

    @Override
    public Packed<B> next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the partition has no more rows");
        }
        return full.remove();
    }
}
