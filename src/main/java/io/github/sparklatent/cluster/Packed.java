package io.github.sparklatent.cluster;

import java.io.Serializable;

/**
 * A packed block of training rows or of held-out rows, with what shows that the rows are those that were counted: their
 * number and the sum of their fingerprints. The class is not a record, because Kryo cannot read records.
 *
 * @param <B> class of the block
 */
public final class Packed<B> implements Serializable {
    private static final long serialVersionUID = 1L;

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

    /** Returns sums of nothing. */
    static <B> Packed<B> none() {
        return new Packed<>(null, 0, 0, false);
    }

    /** Returns the sums of two, without blocks. */
    Packed<B> plus(Packed<B> other) {
        return new Packed<>(null, rows + other.rows, fingerprint + other.fingerprint, other.heldOut);
    }

    /** Returns the same rows in another block. */
    <C> Packed<C> with(C other) {
        return new Packed<>(other, rows, fingerprint, heldOut);
    }
}
