package io.github.sparklatent.cluster;

import java.io.Serializable;

/**
 * A packed block with what shows that its rows are those that were counted: their number and the
 * sum of their fingerprints. The class is not a record, because Kryo cannot read records.
 *
 * @param <B> class of the block
 */
final class Packed<B> implements Serializable {
    private static final long serialVersionUID = 1L;

    final B block;
    final long rows;
    final long fingerprint;

    Packed(B block, long rows, long fingerprint) {
        this.block = block;
        this.rows = rows;
        this.fingerprint = fingerprint;
    }

    /** Returns sums of nothing. */
    static <B> Packed<B> none() {
        return new Packed<>(null, 0, 0);
    }

    /** Returns this block's number of rows and fingerprint without the block, to be added. */
    Packed<B> sums() {
        return new Packed<>(null, rows, fingerprint);
    }

    /** Returns the sums of two, without blocks. */
    Packed<B> plus(Packed<B> other) {
        return new Packed<>(null, rows + other.rows, fingerprint + other.fingerprint);
    }
}
