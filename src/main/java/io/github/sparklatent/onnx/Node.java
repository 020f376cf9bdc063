package io.github.sparklatent.onnx;

/** An operator that is being added to a graph. It is part of the graph when its results are asked for. */
public final class Node {
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
