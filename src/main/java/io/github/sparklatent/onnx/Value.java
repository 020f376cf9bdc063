package io.github.sparklatent.onnx;

/**
 * A tensor of a graph: an input, a constant or the result of an operator.
 *
 * @param name unique name in the graph and in all graphs within it; empty: an input of an operator that is left out
 * @param type type of its elements
 */
public record Value(String name, ElementType type) {
    static final Value NONE = new Value("", ElementType.FLOAT);
}
