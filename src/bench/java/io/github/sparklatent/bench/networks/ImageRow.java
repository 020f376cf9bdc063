package io.github.sparklatent.bench.networks;

import java.io.Serializable;

/** A row of a table of images; a bean, for Spark's encoder. */
public final class ImageRow implements Serializable {
    private static final long serialVersionUID = 1L;

    private int id;
    private int label;
    private float[] features;

    /** The place of the image in its file. */
    public int getId() {
        return id;
    }

    public void setId(int value) {
        id = value;
    }

    /** 0 to 9. */
    public int getLabel() {
        return label;
    }

    public void setLabel(int value) {
        label = value;
    }

    /** The grey values. */
    public float[] getFeatures() {
        return features;
    }

    public void setFeatures(float[] value) {
        features = value;
    }
}
