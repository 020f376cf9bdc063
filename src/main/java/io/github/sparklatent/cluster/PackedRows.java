package io.github.sparklatent.cluster;

import io.github.sparklatent.cluster.table.HoldoutRule;
import io.github.sparklatent.cluster.table.RowRecord;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.function.Supplier;

/**
 * Packs the usable rows of a partition into blocks in one traversal: training rows and held-out rows into blocks of
 * their own, each in the order of the rows.
 *
 * @param <B> class of the blocks
 */
public final class PackedRows<B> implements Iterator<PackedRows.Packed<B>> {
    /**
     * A block that is being packed.
     *
     * @param <B> class of the block
     */
    public interface Packer<B> {
        /**
         * Packs copies of a row, and returns how many; fewer if the block is full and the others begin the next one.
         */
        long add(RowRecord row, long copies);

        /** Returns the packed rows, of which there is at least one. */
        B block();

        long rows();
    }

    private final Iterator<RowRecord> rows;
    private final boolean keep;
    private final HoldoutRule rule;
    private final Open train;
    private final Open holdout;
    private final Queue<Packed<B>> full = new ArrayDeque<>();
    private long last;
    private long copies;

    /**
     * Creates the iterator over the blocks of a partition.
     *
     * @param keep whether NaN is a missing value
     * @param rule which rows are held out of training
     * @param packer creates an empty block
     */
    public PackedRows(Iterator<RowRecord> rows, boolean keep, HoldoutRule rule, Supplier<Packer<B>> packer) {
        this.rows = rows;
        this.keep = keep;
        this.rule = rule;
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

        void add(RowRecord row, long number, long own) {
            for (long left = number; left > 0; ) {
                if (packer == null) {
                    packer = packers.get();
                }
                long packed = packer.add(row, left);
                fingerprint += own * packed;
                left -= packed;
                if (left > 0) {
                    close();
                }
            }
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
            RowRecord row = rows.next();
            if (row.isUsable(keep)) {
                add(row, row.fingerprint());
            }
        }
        if (full.isEmpty()) {
            train.close();
            holdout.close();
        }
        return !full.isEmpty();
    }

    /** Adds the copies that a record stands for. Records of the same row follow one another. */
    private void add(RowRecord row, long own) {
        long before = own == last ? copies : row.copiesBefore();
        long out = rule.heldOut(row, before, row.copies());
        holdout.add(row, out, own);
        train.add(row, row.copies() - out, own);
        last = own;
        copies = before + row.copies();
    }

    @Override
    public Packed<B> next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the partition has no more rows");
        }
        return full.remove();
    }

    /**
     * A packed block of training rows or of held-out rows, with what shows that the rows are those that were counted:
     * their number and the sum of their fingerprints. The class is not a record, because Kryo cannot read records.
     *
     * @param <B> class of the block
     */
    public static final class Packed<B> implements Serializable {
        public final B block;
        final long rows;
        final long fingerprint;
        public final boolean heldOut;

        Packed(B block, long rows, long fingerprint, boolean heldOut) {
            this.block = block;
            this.rows = rows;
            this.fingerprint = fingerprint;
            this.heldOut = heldOut;
        }

        /** Returns the same rows in another block. */
        <C> Packed<C> with(C other) {
            return new Packed<>(other, rows, fingerprint, heldOut);
        }
    }
}
