package io.github.sparklatent.cluster.table;

import io.github.sparklatent.columns.UsableNumbers;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import java.io.Serializable;

/**
 * A row before it is packed into a block. The class is a Java bean, so that Spark's encoder fills fields of primitive
 * types.
 */
public class RowRecord implements Serializable {
    /** The hash of a row whose key is null; no other row has it but by chance. */
    static final long NO_KEY = 0xd1b54a32d192ed03L;

    private double[] features;
    private double weight;
    private long hash;

    /** The numbers of the row. Null if the row has a null in a column of vectors or arrays. */
    public double[] getFeatures() {
        return features;
    }

    public void setFeatures(double[] value) {
        features = value;
    }

    /** Weight of the row; NaN if the table has a null there. */
    public double getWeight() {
        return weight;
    }

    public void setWeight(double value) {
        weight = value;
    }

    /** Number of equal rows of the table that this record stands for. */
    public long copies() {
        return 1;
    }

    /** Number of copies of the row in other partitions that come before these. */
    public long copiesBefore() {
        return 0;
    }

    /**
     * Hash of the row's key, or of its content if the table has no key column. {@link #NO_KEY} if the key is null,
     * unless invalid rows are kept.
     */
    public long getHash() {
        return hash;
    }

    public void setHash(long value) {
        hash = value;
    }

    /**
     * Returns a hash of the row's key, content and weight. The sum of these hashes over all rows does not depend on the
     * order of the rows.
     */
    public final long fingerprint() {
        return RandomStreams.key(
                hash,
                Purpose.HOLDOUT,
                features == null ? 0 : RandomStreams.hash(features, 0, features.length),
                Double.doubleToLongBits(weight + 0.0));
    }

    /**
     * Returns whether the row has a weight above 0 and usable numbers only.
     *
     * @param keep whether null and NaN are missing values. Then one usable number is enough.
     */
    public final boolean isUsable(boolean keep) {
        return features != null && weight > 0 && hash != NO_KEY && UsableNumbers.areUsable(features, keep);
    }

    /**
     * Compares the numbers of rows; −0.0 equals 0.0 and missing values are equal, as in Spark's hash and order, which
     * makes equal rows neighbours. A row without numbers, null, equals none.
     */
    public static boolean areEqual(double[] a, double[] b) {
        if (a == null || b == null) {
            return false;
        }
        for (int j = 0; j < a.length && j < b.length; j++) {
            if (a[j] != b[j] && !(Double.isNaN(a[j]) && Double.isNaN(b[j]))) {
                return false;
            }
        }
        return a.length == b.length;
    }

    /** Returns whether a row with this hash is among a share of the rows that a key selects. */
    static boolean isSelected(long hash, double fraction, long key) {
        return fraction > 0 && hash != NO_KEY && RandomStreams.uniform(key, hash) < fraction;
    }
}
