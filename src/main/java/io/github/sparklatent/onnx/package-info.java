/**
 * Writes ONNX models. A {@link io.github.sparklatent.onnx.Graph} takes inputs, constants, operators and outputs, and
 * {@link io.github.sparklatent.onnx.Graph#model} returns the file. Packages of models add their formulas to a graph;
 * this package knows operators only, and the functions that ONNX does not have, such as the logarithm of the gamma
 * function.
 *
 * <p>The shapes in Javadoc are those of tensors: n rows, d columns. Operators are of opset
 * {@value io.github.sparklatent.onnx.Graph#OPSET}. Read {@link io.github.sparklatent.onnx.Graph} first.
 */
package io.github.sparklatent.onnx;
