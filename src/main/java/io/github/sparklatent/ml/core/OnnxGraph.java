package io.github.sparklatent.ml.core;

import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.onnx.ElementType;
import io.github.sparklatent.onnx.Graph;
import io.github.sparklatent.onnx.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The ONNX graph of a model to which its family adds the formulas. */
public final class OnnxGraph {
    /** Name of the number of rows in the shapes of inputs and outputs. */
    static final String ROWS = "rows";

    private final Graph graph;
    private final OnnxPart part;
    private final Value input;
    private final Scaling scaling;
    private final Map<String, String> outputs = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    /**
     * Creates the graph of a model without its formulas.
     *
     * @param input features of rows, n × d doubles or floats; of a decoder codes, n × l floats
     * @param scaling scaling of the rows of the table
     */
    OnnxGraph(Graph graph, OnnxPart part, Value input, Scaling scaling) {
        this.scaling = scaling;
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

    /** Returns the scaled features of rows, n × d, NaN where a value is missing; of a decoder the codes, n × l. */
    public Value input() {
        return input;
    }

    /** Returns rows, n × d, in the units of the table, as doubles. */
    public Value inUnits(Value rows) {
        Value numbers = graph.cast(rows, ElementType.DOUBLE);
        double[] shift = scaling.shift();
        return shift.length == 0
                ? numbers
                : graph.add(
                        graph.divide(numbers, graph.constant(scaling.factor(), 1, shift.length)),
                        graph.constant(shift, 1, shift.length));
    }

    /** Adds a column that scoring adds, too: n numbers. */
    public void add(ScoreColumn column, Value value) {
        add(column.modelColumn(), value, column.meaning());
    }

    /** Adds a column of vectors that scoring adds, too: n × width numbers. */
    public void add(ScoreColumn column, Value value, int width) {
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

    /** Adds a sentence about the outputs to the metadata. */
    public void note(String sentence) {
        notes.add(sentence);
    }

    List<String> notes() {
        return notes;
    }

    /** Returns the meaning of each output. */
    Map<String, String> outputs() {
        return outputs;
    }
}
