package io.github.sparklatent.nn;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A named matrix within the flat vector that holds all parameters of a network.
 *
 * @param name name of the matrix, e.g. {@code encoder.0.weights}; unique within the vector
 * @param offset index of the matrix's first element in the vector
 * @param rows number of rows of the matrix, which is stored row by row
 * @param columns number of columns of the matrix
 */
public record Parameter(String name, int offset, int rows, int columns) implements Serializable {
    /** Name of the weights within a layer. */
    static final String WEIGHTS = "weights";

    public int length() {
        return rows * columns;
    }

    /**
     * Returns whether the elements are weights, by which a layer multiplies its inputs, and not a bias, a mean or a
     * variance.
     */
    public boolean isWeights() {
        return name.equals(WEIGHTS) || name.endsWith("." + WEIGHTS);
    }

    /**
     * Returns the number of elements of all parameters together.
     *
     * @throws IllegalArgumentException if they are more than an array holds
     */
    public static int length(List<Parameter> parameters) {
        long sum = parameters.stream().mapToLong(p -> (long) p.rows * p.columns).sum();
        Check.that(sum <= Integer.MAX_VALUE - 8, "a network of %d parameters is more than one array holds", sum);
        return (int) sum;
    }

    /**
     * Returns the parameters as part of a larger vector: named {@code prefix.name}, with the offset increased by
     * {@code from}.
     */
    public static List<Parameter> within(String prefix, int from, List<Parameter> parameters) {
        List<Parameter> moved = new ArrayList<>(parameters.size());
        for (Parameter p : parameters) {
            moved.add(new Parameter(prefix + "." + p.name, from + p.offset, p.rows, p.columns));
        }
        return moved;
    }
}
