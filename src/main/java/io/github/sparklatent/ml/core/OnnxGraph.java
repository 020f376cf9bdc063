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

/**
 * The ONNX graph of a model to which its family adds the formulas.
 *
 * @param operators the operators
 * @param part what the file is to have of the model
 * @param input scaled features of rows, n × d doubles or floats, NaN where a value is missing; of a decoder the codes,
 *     n × l floats
 * @param scaling scaling of the rows of the table
 * @param outputs meaning of each output. Modified.
 * @param notes sentences about the outputs for the metadata. Modified.
 */
public record OnnxGraph(
        Graph operators, OnnxPart part, Value input, Scaling scaling, Map<String, String> outputs, List<String> notes) {
    /** Name of the number of rows in the shapes of inputs and outputs. */
    static final String ROWS = "rows";

    /** Creates the graph of a model without its formulas. */
    OnnxGraph(Graph operators, OnnxPart part, Value input, Scaling scaling) {
        this(operators, part, input, scaling, new LinkedHashMap<>(), new ArrayList<>());
    }

    /** Returns rows, n × d, in the units of the table, as doubles. */
    public Value inUnits(Value rows) {
        Value numbers = operators.cast(rows, ElementType.DOUBLE);
        double[] shift = scaling.shift();
        return shift.length == 0
                ? numbers
                : operators.add(
                        operators.divide(numbers, operators.constant(scaling.factor(), 1, shift.length)),
                        operators.constant(shift, 1, shift.length));
    }

    /** Adds a column that scoring adds, too: n numbers. */
    public void add(ScoreColumn column, Value value) {
        operators.output(column.modelColumn(), value, ROWS);
        outputs.put(column.modelColumn(), column.meaning());
    }

    /** Adds a column of vectors that scoring adds, too: n × width numbers. */
    public void add(ScoreColumn column, Value value, int width) {
        operators.output(column.modelColumn(), value, ROWS, width);
        outputs.put(column.modelColumn(), column.meaning());
    }

    /** Adds a sentence about the outputs to the metadata. */
    public void note(String sentence) {
        notes.add(sentence);
    }
}
