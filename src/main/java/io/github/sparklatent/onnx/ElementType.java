package io.github.sparklatent.onnx;

import java.util.Locale;

/** Types of the elements of a tensor, with their numbers in a file. */
public enum ElementType {
    FLOAT(1),
    INT64(7),
    BOOL(9),
    DOUBLE(11);

    private final int number;

    ElementType(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    /** Returns the name of the type in the metadata of a model. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
