package io.github.sparklatent.cluster.table;

import java.io.Serializable;

/**
 * A row before it is packed into a block. The class is a Java bean, so that Spark's encoder fills fields of primitive
 * types.
 */
public class RowRecord implements Serializable {
    private static final long serialVersionUID = 1L;

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

    /** Hash of the row's key, or of its content if the table has no key column. */
    public long getHash() {
        return hash;
    }

    public void setHash(long value) {
        hash = value;
    }
}
