package io.github.sparklatent.ml.core;

import io.github.sparklatent.config.ScoreColumn;
import io.github.sparklatent.onnx.ElementType;
import io.github.sparklatent.onnx.Graph;
import io.github.sparklatent.onnx.Value;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The ONNX graph of a model to which its family adds the formulas. */
public final class OnnxGraph {
    /** Name of the number of rows in the shapes of inputs and outputs. */
    static final String ROWS = "rows";

    private final Graph graph;
    private final OnnxPart part;
    private final Value input;
    private final Map<ScoreColumn, Value> columns = new EnumMap<>(ScoreColumn.class);
    private final Map<String, String> outputs = new LinkedHashMap<>();

    /** @param input features of rows, n × d doubles or floats; of a decoder codes, n × l floats */
    OnnxGraph(Graph graph, OnnxPart part, Value input) {
        this.graph = graph;
        this.part = part;
        this.input = input;
    }

    /** Returns the operators. */
    public Graph operators() {
        return graph;
    }

    /** Returns what the file is to have of the model. */
    public OnnxPart part() {
        return part;
    }

    /** Returns the features of rows, n × d, NaN where a value is missing; of a decoder the codes, n × l. */
    public Value input() {
        return input;
    }

    /** Returns the input in double precision. */
    public Value doubles() {
        return graph.cast(input, ElementType.DOUBLE);
    }

    /** Adds a column that scoring adds, too: n numbers. */
    public void add(ScoreColumn column, Value value) {
        columns.put(column, value);
        add(column.modelColumn(), value, column.meaning());
    }

    /** Adds a column of vectors that scoring adds, too: n × width numbers. */
    public void add(ScoreColumn column, Value value, int width) {
        columns.put(column, value);
        add(column.modelColumn(), value, width, column.meaning());
    }

    /** Adds an output of n numbers. */
    public void add(String name, Value value, String meaning) {
        graph.output(name, value, ROWS);
        outputs.put(name, meaning);
    }

    /** Adds an output of n × width numbers. */
    public void add(String name, Value value, int width, String meaning) {
        graph.output(name, value, ROWS, width);
        outputs.put(name, meaning);
    }

    /** Returns a column that was added; null if it was not. */
    Value column(ScoreColumn column) {
        return columns.get(column);
    }

    /** Returns the meaning of each output. */
    Map<String, String> outputs() {
        return outputs;
    }
}
