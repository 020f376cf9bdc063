package io.github.sparklatent.onnx;

import static io.github.sparklatent.onnx.ElementType.BOOL;
import static io.github.sparklatent.onnx.ElementType.DOUBLE;
import static io.github.sparklatent.onnx.ElementType.FLOAT;
import static io.github.sparklatent.onnx.ElementType.INT64;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A graph of operators that is being written: inputs, constants, each once, operators, outputs. The operators are
 * methods. Shapes follow the rules of ONNX: those of two operands are broadcast, and the result has the type of the
 * first operand if nothing else is said.
 */
public final class Graph {
    /** Version of the operators: that of ONNX 1.12, which ONNX Runtime reads since 1.12. */
    public static final int OPSET = 17;

    private static final int FORMAT = 8;

    /** Begins the names of values that are neither inputs nor outputs; no column of a table is named so. */
    private static final String PREFIX = "spark_latent.v";

    private final List<Message> nodes = new ArrayList<>();
    private final List<Message> inputs = new ArrayList<>();
    private final List<Message> outputs = new ArrayList<>();
    private final Map<String, Message> constants = new LinkedHashMap<>();
    private final Set<String> used = new HashSet<>();
    private final Map<ByteBuffer, Value> known = new HashMap<>();
    private final Set<String> names = new HashSet<>();
    private int count;

    /** Starts an operator. */
    public Node node(String operator) {
        return new Node(this, operator);
    }

    void add(Message node) {
        nodes.add(node);
    }

    /** Notes that a value is used: a constant that no operator uses is not written. */
    void use(Value value) {
        used.add(value.name());
    }

    /** Returns a new value with a name of its own. */
    Value fresh(ElementType type) {
        return new Value(PREFIX + count++, type);
    }

    /**
     * Adds an input.
     *
     * @param shape a number for a known length, a text for a name of an unknown one
     * @throws IllegalArgumentException if the name is taken
     */
    public Value input(String name, ElementType type, Object... shape) {
        if (name.isEmpty() || !names.add(name)) {
            throw new IllegalArgumentException(
                    "two inputs of the ONNX model would have the name \"" + name + "\": rename a column of the table");
        }
        Value value = new Value(name, type);
        inputs.add(described(value, shape));
        return value;
    }

    /**
     * Adds an input with a default value.
     *
     * @param shape of the input, as for the other method
     * @param ofDefault shape of the default value
     */
    public Value input(String name, float[] value, Object[] shape, long... ofDefault) {
        Value input = input(name, ElementType.FLOAT, shape);
        ByteBuffer raw = buffer(Float.BYTES, value.length);
        raw.asFloatBuffer().put(value);
        Message tensor = new Message();
        for (long dimension : ofDefault) {
            tensor.add(1, dimension);
        }
        use(input);
        constants.put(
                name,
                tensor.add(2, ElementType.FLOAT.number()).add(9, raw.array()).add(8, name));
        return input;
    }

    /**
     * Names a value as an output.
     *
     * @param shape as for {@link #input}
     * @throws IllegalArgumentException if the name is taken
     */
    public void output(String name, Value value, Object... shape) {
        if (!names.add(name)) {
            throw new IllegalArgumentException(
                    "an input and an output of the ONNX model, or two outputs, would have the name \"" + name
                            + "\": rename the column of the table");
        }
        Value named = new Value(name, value.type());
        use(value);
        nodes.add(new Message().add(1, value.name()).add(2, name).add(4, "Identity"));
        outputs.add(described(named, shape));
    }

    private static Message described(Value value, Object... shape) {
        Message tensor = new Message().add(1, value.type().number());
        if (shape != null) {
            Message dimensions = new Message();
            for (Object length : shape) {
                dimensions.add(
                        1,
                        length instanceof Number number
                                ? new Message().add(1, number.longValue())
                                : new Message().add(2, (String) length));
            }
            tensor.add(2, dimensions);
        }
        return new Message().add(1, value.name()).add(2, new Message().add(1, tensor));
    }

    /** Adds a constant. */
    public Value constant(double[] values, long... shape) {
        ByteBuffer raw = buffer(Double.BYTES, values.length);
        raw.asDoubleBuffer().put(values);
        return constant(ElementType.DOUBLE, raw, values.length, shape);
    }

    /** Adds a constant. */
    public Value constant(float[] values, long... shape) {
        ByteBuffer raw = buffer(Float.BYTES, values.length);
        raw.asFloatBuffer().put(values);
        return constant(ElementType.FLOAT, raw, values.length, shape);
    }

    /** Adds a constant. */
    public Value constant(long[] values, long... shape) {
        ByteBuffer raw = buffer(Long.BYTES, values.length);
        raw.asLongBuffer().put(values);
        return constant(ElementType.INT64, raw, values.length, shape);
    }

    private static ByteBuffer buffer(int bytes, int length) {
        return ByteBuffer.allocate(Math.multiplyExact(bytes, length)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private Value constant(ElementType type, ByteBuffer raw, int length, long... shape) {
        long size = 1;
        Message tensor = new Message();
        for (long dimension : shape) {
            size *= dimension;
            tensor.add(1, dimension);
        }
        if (size != length) {
            throw new IllegalArgumentException(
                    "a constant has " + length + " numbers, expected " + size + " of its shape");
        }
        tensor.add(2, type.number()).add(9, raw.array());
        return known.computeIfAbsent(ByteBuffer.wrap(tensor.bytes()), content -> {
            Value value = fresh(type);
            constants.put(value.name(), tensor.add(8, value.name()));
            return value;
        });
    }

    Message message(String name) {
        Message message = new Message();
        nodes.forEach(node -> message.add(1, node));
        message.add(2, name);
        constants.forEach((constant, tensor) -> {
            if (used.contains(constant)) {
                message.add(5, tensor);
            }
        });
        inputs.forEach(input -> message.add(11, input));
        outputs.forEach(output -> message.add(12, output));
        return message;
    }

    /**
     * Returns the content of the file.
     *
     * @param name name of the graph
     * @param description a sentence about the model
     * @param version version of the program that writes it
     * @param metadata further texts by their names
     */
    public byte[] model(String name, String description, String version, Map<String, String> metadata) {
        Message model = new Message()
                .add(1, FORMAT)
                .add(2, "spark-latent")
                .add(3, version)
                .add(6, description)
                .add(7, message(name))
                .add(8, new Message().add(1, "").add(2, OPSET));
        metadata.forEach((key, value) -> model.add(14, new Message().add(1, key).add(2, value)));
        return model.bytes();
    }

    /** Adds a constant list of whole numbers. */
    public Value list(long... values) {
        return constant(values, values.length);
    }

    /** Adds a constant without a dimension. */
    public Value scalar(double value) {
        return constant(new double[] {value});
    }

    /** Adds a constant without a dimension, of the type of another value: float or double. */
    public Value scalar(double value, Value like) {
        return like.type() == FLOAT ? constant(new float[] {(float) value}) : scalar(value);
    }

    /** Adds an operator whose result has the type of its first operand. */
    public Value op(String operator, Value... operands) {
        return node(operator).in(operands).out(operands[0].type());
    }

    public Value add(Value a, Value b) {
        return op("Add", a, b);
    }

    public Value subtract(Value a, Value b) {
        return op("Sub", a, b);
    }

    public Value multiply(Value a, Value b) {
        return op("Mul", a, b);
    }

    public Value divide(Value a, Value b) {
        return op("Div", a, b);
    }

    /** Returns the matrix product of the last two dimensions. */
    public Value product(Value a, Value b) {
        return op("MatMul", a, b);
    }

    public Value square(Value a) {
        return multiply(a, a);
    }

    public Value negative(Value a) {
        return op("Neg", a);
    }

    public Value greatest(Value a, Value b) {
        return op("Max", a, b);
    }

    public Value equal(Value a, Value b) {
        return node("Equal").in(a, b).out(BOOL);
    }

    public Value less(Value a, Value b) {
        return node("Less").in(a, b).out(BOOL);
    }

    public Value not(Value a) {
        return node("Not").in(a).out(BOOL);
    }

    public Value isNaN(Value a) {
        return node("IsNaN").in(a).out(BOOL);
    }

    public Value where(Value condition, Value then, Value otherwise) {
        return node("Where").in(condition, then, otherwise).out(then.type());
    }

    public Value cast(Value a, ElementType type) {
        return a.type() == type
                ? a
                : node("Cast").in(a).set("to", type.number()).out(type);
    }

    /** Returns 1 where a condition holds and 0 elsewhere. */
    public Value indicator(Value condition) {
        return cast(condition, DOUBLE);
    }

    /** Returns the sums over a dimension. */
    public Value sum(Value a, int axis, boolean keeps) {
        return node("ReduceSum")
                .in(a, list(axis))
                .set("keepdims", keeps ? 1 : 0)
                .out(a.type());
    }

    /** Returns the greatest numbers over a dimension. */
    public Value greatest(Value a, int axis, boolean keeps) {
        return node("ReduceMax")
                .in(a)
                .set("axes", new long[] {axis})
                .set("keepdims", keeps ? 1 : 0)
                .out(a.type());
    }

    /** Returns log Σ exp over the last dimension, which is kept: n × 1 of n × k. */
    public Value logSumExp(Value a) {
        Value most = greatest(a, -1, true);
        Value lowest = scalar(Double.NEGATIVE_INFINITY, a);
        Value shift = where(equal(most, lowest), scalar(0, a), most);
        return add(op("Log", sum(op("Exp", subtract(a, shift)), -1, true)), shift);
    }

    public Value transpose(Value a, long... order) {
        return node("Transpose").in(a).set("perm", order).out(a.type());
    }

    /** Adds dimensions of length 1. */
    public Value unsqueeze(Value a, long... axes) {
        return op("Unsqueeze", a, list(axes));
    }

    /** Removes dimensions of length 1. */
    public Value squeeze(Value a, long... axes) {
        return op("Squeeze", a, list(axes));
    }

    public Value reshape(Value a, long... shape) {
        return op("Reshape", a, list(shape));
    }

    public Value gather(Value a, Value indices, int axis) {
        return node("Gather").in(a, indices).set("axis", axis).out(a.type());
    }

    public Value concatenate(int axis, Value... parts) {
        return node("Concat").in(parts).set("axis", axis).out(parts[0].type());
    }

    /** Returns a part of a dimension. */
    public Value slice(Value a, int axis, long from, long to) {
        return node("Slice").in(a, list(from), list(to), list(axis)).out(a.type());
    }

    /** Returns the index of the first greatest number of the last dimension, which is dropped. */
    public Value greatestPlace(Value a) {
        return node("ArgMax").in(a).set("axis", -1).set("keepdims", 0).out(INT64);
    }

    /** An operator that is being added to a graph. It is part of the graph when its results are asked for. */
    public static final class Node {
        private static final int FLOAT = 1;
        private static final int INT = 2;
        private static final int INTS = 7;

        private final Graph graph;
        private final String operator;
        private final Message message = new Message();

        Node(Graph graph, String operator) {
            this.graph = graph;
            this.operator = operator;
        }

        /** Adds inputs. */
        public Node in(Value... values) {
            for (Value value : values) {
                graph.use(value);
                message.add(1, value.name());
            }
            return this;
        }

        private Node attribute(String name, int type, Message value) {
            message.add(5, new Message().add(1, name).add(20, type).append(value));
            return this;
        }

        /** Sets an attribute that is a whole number. */
        public Node set(String name, long value) {
            return attribute(name, INT, new Message().add(3, value));
        }

        /** Sets an attribute that is a number. */
        public Node set(String name, float value) {
            return attribute(name, FLOAT, new Message().add(2, value));
        }

        /** Sets an attribute that is a list of whole numbers. */
        public Node set(String name, long[] values) {
            Message list = new Message();
            for (long value : values) {
                list.add(8, value);
            }
            return attribute(name, INTS, list);
        }

        /** Adds the operator and returns its result. */
        public Value out(ElementType type) {
            Value result = graph.fresh(type);
            message.add(2, result.name());
            message.add(4, operator);
            graph.add(message);
            return result;
        }
    }
}
