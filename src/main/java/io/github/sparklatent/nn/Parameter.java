package io.github.sparklatent.nn;

import java.io.Serializable;

/**
 * A named matrix within the flat vector that holds all parameters of a network.
 *
 * @param name e.g. {@code encoder.0.weights}; unique within the vector
 * @param offset of its first element
 * @param rows of the matrix, stored row by row
 * @param columns of the matrix
 */
public record Parameter(String name, int offset, int rows, int columns) implements Serializable {
    /** Elements. */
    public int length() {
        return rows * columns;
    }
}
