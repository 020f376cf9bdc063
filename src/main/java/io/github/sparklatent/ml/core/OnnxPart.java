package io.github.sparklatent.ml.core;

import io.github.sparklatent.settings.Names;

/** What an ONNX file has of a model. */
public enum OnnxPart {
    /** From a row of the table to the columns that scoring adds. */
    WHOLE,
    /** From a row of the table to its code. */
    ENCODER,
    /** From a code to a row, in the units of the model. */
    DECODER;

    /**
     * Returns the part of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static OnnxPart of(String name) {
        return Names.parse(OnnxPart.class, "part", name);
    }

    @Override
    public String toString() {
        return Names.of(this);
    }
}
