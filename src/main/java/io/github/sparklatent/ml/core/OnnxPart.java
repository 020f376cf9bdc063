package io.github.sparklatent.ml.core;

import io.github.sparklatent.settings.Names;

/** The parts of a model that an ONNX file can have. */
public enum OnnxPart {
    /** The way from a row of the table to the columns that scoring adds. */
    WHOLE,
    /** The way from a row of the table to its code. */
    ENCODER,
    /** The way from a code to a row of numbers, in the units of the table. */
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
