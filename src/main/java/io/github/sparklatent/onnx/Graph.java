package io.github.sparklatent.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * A graph of operators that is being written: inputs, constants, operators, outputs. The body of a loop or of a branch
 * is a graph within a graph and reads the values of the graph around it. All constants are in the outermost graph, each
 * once.
 */
public final class Graph extends Operators {
    /** Version of the operators: that of ONNX 1.12, which ONNX Runtime reads since 1.12. */
    public static final int OPSET = 17;

    private static final int ML_OPSET = 3;
    private static final int FORMAT = 8;

    /** Begins the names of values that are neither inputs nor outputs; no column of a table is named so. */
    private static final String PREFIX = "spark_latent.v";

    /** Domain of the operators for levels. */
    public static final String ML = "ai.onnx.ml";

    private final Graph root;
    private final List<Message> nodes = new ArrayList<>();
    private final List<Message> inputs = new ArrayList<>();
    private final List<Message> outputs = new ArrayList<>();

    // of the outermost graph only
    private final Map<String, Message> constants = new LinkedHashMap<>();
    private final Set<String> used = new HashSet<>();
    private final Map<ByteBuffer, Value> known = new HashMap<>();
    private final Set<String> names = new HashSet<>();
    private int count;

    /** Creates an empty graph. */
    public Graph() {
        this.root = this;
    }

    private Graph(Graph around) {
        this.root = around.root;
    }

    @Override
    public Node node(String operator) {
        return new Node(this, operator);
    }

    void add(Message node) {
        nodes.add(node);
    }

    /** Notes that a value is used: a constant that no operator uses is not written. */
    void use(Value value) {
        root.used.add(value.name());
    }

    /** Returns a new value with a name of its own. */
    Value fresh(ElementType type) {
        return new Value(PREFIX + root.count++, type);
    }

    /**
     * Adds an input.
     *
     * @param shape a number for a known length, a text for a name of an unknown one
     * @throws IllegalArgumentException if the name is taken
     */
    public Value input(String name, ElementType type, Object... shape) {
        if (name.isEmpty() || !root.names.add(name)) {
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
        root.constants.put(
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
        if (!root.names.add(name)) {
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

    @Override
    public Value constant(double[] values, long... shape) {
        ByteBuffer raw = buffer(Double.BYTES, values.length);
        raw.asDoubleBuffer().put(values);
        return constant(ElementType.DOUBLE, raw, values.length, shape);
    }

    @Override
    public Value constant(float[] values, long... shape) {
        ByteBuffer raw = buffer(Float.BYTES, values.length);
        raw.asFloatBuffer().put(values);
        return constant(ElementType.FLOAT, raw, values.length, shape);
    }

    @Override
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
        return root.known.computeIfAbsent(ByteBuffer.wrap(tensor.bytes()), content -> {
            Value value = fresh(type);
            root.constants.put(value.name(), tensor.add(8, value.name()));
            return value;
        });
    }

    /**
     * Adds a loop.
     *
     * @param count number of rounds, one whole number
     * @param start values before the first round
     * @param round a round: the graph of the body, the index of the round, and the values before it give those after it
     * @return values after the last round
     */
    public List<Value> loop(Value count, List<Value> start, Round round) {
        Graph body = new Graph(this);
        Value index = body.fresh(ElementType.INT64);
        Value goesOn = body.fresh(ElementType.BOOL);
        body.inputs.add(described(index));
        body.inputs.add(described(goesOn));
        List<Value> before = new ArrayList<>();
        for (Value value : start) {
            Value inside = body.fresh(value.type());
            body.inputs.add(described(inside, (Object[]) null));
            before.add(inside);
        }
        List<Value> after = round.of(body, index, before);
        body.result(goesOn);
        after.forEach(body::result);
        Node node =
                node("Loop").in(count).skip().in(start.toArray(Value[]::new)).set("body", body);
        return node.outs(start.stream().map(Value::type).toArray(ElementType[]::new));
    }

    /** A round of a loop. */
    public interface Round {
        /** Adds the round to the body and returns the values after it. */
        List<Value> of(Graph body, Value index, List<Value> before);
    }

    /** Adds a branch: the result of one graph or of the other. */
    public Value branch(
            Value condition, ElementType type, Function<Graph, Value> then, Function<Graph, Value> otherwise) {
        Graph yes = new Graph(this);
        yes.result(then.apply(yes));
        Graph no = new Graph(this);
        no.result(otherwise.apply(no));
        return node("If")
                .in(condition)
                .set("then_branch", yes)
                .set("else_branch", no)
                .out(type);
    }

    /** Adds a result of a body; a copy, because a value from outside cannot be one. */
    private void result(Value value) {
        Value copy = fresh(value.type());
        use(value);
        nodes.add(new Message().add(1, value.name()).add(2, copy.name()).add(4, "Identity"));
        outputs.add(described(copy, (Object[]) null));
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
                .add(8, new Message().add(1, "").add(2, OPSET))
                .add(8, new Message().add(1, ML).add(2, ML_OPSET));
        metadata.forEach((key, value) -> model.add(14, new Message().add(1, key).add(2, value)));
        return model.bytes();
    }
}
