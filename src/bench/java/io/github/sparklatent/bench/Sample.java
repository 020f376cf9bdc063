package io.github.sparklatent.bench;

import java.io.Serializable;

/** A row of a table with one column of arrays; a bean, for Spark's encoder. */
public final class Sample implements Serializable {
    private static final long serialVersionUID = 1L;

    private double[] features;

    static Sample of(double[] features) {
        Sample sample = new Sample();
        sample.features = features;
        return sample;
    }

    /** The numbers of the row. */
    public double[] getFeatures() {
        return features;
    }

    public void setFeatures(double[] value) {
        features = value;
    }
}
