package io.github.sparklatent.cluster.table;

import java.io.Serializable;

/**
 * A row before it is packed into a block. A bean, so that Spark's encoder fills primitive fields.
 */
public final class RowRecord implements Serializable {
    private static final long serialVersionUID = 1L;

    private double[] features;
    private double weight;
    private long hash;

    /** The numbers of the row; null if a vector or an array is null. */
    public double[] getFeatures() {
        return features;
    }

    public void setFeatures(double[] value) {
        features = value;
    }

    /** Weight of the row; NaN if it is null. */
    public double getWeight() {
        return weight;
    }

    public void setWeight(double value) {
        weight = value;
    }

    /** Hash of the row's key, or of its content. */
    public long getHash() {
        return hash;
    }

    public void setHash(long value) {
        hash = value;
    }
}
