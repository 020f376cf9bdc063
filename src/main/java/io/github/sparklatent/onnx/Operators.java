package io.github.sparklatent.onnx;

import static io.github.sparklatent.onnx.ElementType.BOOL;
import static io.github.sparklatent.onnx.ElementType.DOUBLE;
import static io.github.sparklatent.onnx.ElementType.FLOAT;
import static io.github.sparklatent.onnx.ElementType.INT64;

/**
 * The operators of a graph as methods. Shapes follow the rules of ONNX: those of two operands are broadcast, and the
 * result has the type of the first operand if nothing else is said.
 */
public abstract class Operators {
    /** Starts an operator. */
    public abstract Node node(String operator);

    /** Adds a constant. */
    public abstract Value constant(double[] values, long... shape);

    /** Adds a constant. */
    public abstract Value constant(float[] values, long... shape);

    /** Adds a constant. */
    public abstract Value constant(long[] values, long... shape);

    /** Adds a constant list of whole numbers. */
    public final Value list(long... values) {
        return constant(values, values.length);
    }

    /** Adds a constant without a dimension. */
    public final Value scalar(double value) {
        return constant(new double[] {value});
    }

    /** Adds a constant without a dimension, of the type of another value: float or double. */
    public final Value scalar(double value, Value like) {
        return like.type() == FLOAT ? constant(new float[] {(float) value}) : scalar(value);
    }

    /** Adds an operator whose result has the type of its first operand. */
    public final Value op(String operator, Value... operands) {
        return node(operator).in(operands).out(operands[0].type());
    }

    public final Value add(Value a, Value b) {
        return op("Add", a, b);
    }

    public final Value subtract(Value a, Value b) {
        return op("Sub", a, b);
    }

    public final Value multiply(Value a, Value b) {
        return op("Mul", a, b);
    }

    public final Value divide(Value a, Value b) {
        return op("Div", a, b);
    }

    /** Returns the matrix product of the last two dimensions. */
    public final Value product(Value a, Value b) {
        return op("MatMul", a, b);
    }

    public final Value square(Value a) {
        return multiply(a, a);
    }

    public final Value negative(Value a) {
        return op("Neg", a);
    }

    public final Value greatest(Value a, Value b) {
        return op("Max", a, b);
    }

    public final Value equal(Value a, Value b) {
        return node("Equal").in(a, b).out(BOOL);
    }

    public final Value less(Value a, Value b) {
        return node("Less").in(a, b).out(BOOL);
    }

    public final Value not(Value a) {
        return node("Not").in(a).out(BOOL);
    }

    public final Value isNaN(Value a) {
        return node("IsNaN").in(a).out(BOOL);
    }

    public final Value where(Value condition, Value then, Value otherwise) {
        return node("Where").in(condition, then, otherwise).out(then.type());
    }

    public final Value cast(Value a, ElementType type) {
        return a.type() == type
                ? a
                : node("Cast").in(a).set("to", type.number()).out(type);
    }

    /** Returns 1 where a condition holds and 0 elsewhere. */
    public final Value indicator(Value condition) {
        return cast(condition, DOUBLE);
    }

    /** Returns the sums over a dimension. */
    public final Value sum(Value a, int axis, boolean keeps) {
        return node("ReduceSum")
                .in(a, list(axis))
                .set("keepdims", keeps ? 1 : 0)
                .out(a.type());
    }

    /** Returns the greatest numbers over a dimension. */
    public final Value greatest(Value a, int axis, boolean keeps) {
        return node("ReduceMax")
                .in(a)
                .set("axes", new long[] {axis})
                .set("keepdims", keeps ? 1 : 0)
                .out(a.type());
    }

    /** Returns log Σ exp over the last dimension, which is kept: n × 1 of n × k. */
    public final Value logSumExp(Value a) {
        Value most = greatest(a, -1, true);
        Value lowest = scalar(Double.NEGATIVE_INFINITY, a);
        Value shift = where(equal(most, lowest), scalar(0, a), most);
        return add(op("Log", sum(op("Exp", subtract(a, shift)), -1, true)), shift);
    }

    public final Value transpose(Value a, long... order) {
        return node("Transpose").in(a).set("perm", order).out(a.type());
    }

    /** Adds dimensions of length 1. */
    public final Value unsqueeze(Value a, long... axes) {
        return op("Unsqueeze", a, list(axes));
    }

    /** Removes dimensions of length 1. */
    public final Value squeeze(Value a, long... axes) {
        return op("Squeeze", a, list(axes));
    }

    public final Value reshape(Value a, long... shape) {
        return op("Reshape", a, list(shape));
    }

    public final Value gather(Value a, Value indices, int axis) {
        return node("Gather").in(a, indices).set("axis", axis).out(a.type());
    }

    public final Value concatenate(int axis, Value... parts) {
        return node("Concat").in(parts).set("axis", axis).out(parts[0].type());
    }

    /** Returns a part of a dimension. */
    public final Value slice(Value a, int axis, long from, long to) {
        return node("Slice").in(a, list(from), list(to), list(axis)).out(a.type());
    }

    /** Returns the index of the first greatest number of the last dimension, which is dropped. */
    public final Value greatestPlace(Value a) {
        return node("ArgMax").in(a).set("axis", -1).set("keepdims", 0).out(INT64);
    }
}
