package io.github.sparklatent.onnx;

/**
 * A tensor of a graph: an input, a constant or the result of an operator.
 *
 * @param name unique name in the graph
 * @param type type of its elements
 */
public record Value(String name, ElementType type) {}
