package io.github.sparklatent.ml.core;

import static io.github.sparklatent.onnx.ElementType.DOUBLE;
import static io.github.sparklatent.onnx.ElementType.INT64;

import io.github.sparklatent.onnx.Graph;
import io.github.sparklatent.onnx.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows with missing cells in an ONNX graph. A loop runs over the patterns of missing cells that the rows have, so a
 * model computes the rows of one pattern at a time.
 */
public final class OnnxPatterns {
    private OnnxPatterns() {}

    /** The formula of a model. */
    public interface Formula {
        /**
         * Adds the outputs of some rows that miss the same cells.
         *
         * @param rows n × d, 0 where a cell is missing
         * @param observed d numbers: 1 if the cells of a column are observed in these rows, 0 if they are missing; null
         *     if no cell is missing
         * @return doubles of n × some columns each
         */
        List<Value> of(Graph g, Value rows, Value observed);
    }

    /**
     * Adds the outputs of rows.
     *
     * @param input n × d doubles, NaN where a cell is missing
     * @return those of the formula
     */
    public static List<Value> add(Graph g, Value input, int d, Formula formula) {
        Value missing = g.indicator(g.isNaN(input));
        Value rows = g.where(g.isNaN(input), g.scalar(0.0), input);
        Value padded = g.concatenate(0, g.constant(new double[d], 1, d), missing); // the first pattern misses nothing
        List<Value> unique =
                g.node("Unique").in(padded).set("axis", 0).set("sorted", 1).outs(DOUBLE, null, INT64);
        Value patterns = unique.get(0);
        Value places = g.slice(unique.get(2), 0, 1, Long.MAX_VALUE); // the pattern of each row
        Value count = g.subtract(g.length(patterns, 0), g.scalar(1L));
        return g.loop(count, formula.of(g, rows, null), (body, round, before) -> {
            Value pattern = body.add(round, body.scalar(1L));
            Value absent = body.gather(patterns, pattern, 0); // d
            Value some = body.squeeze(
                    body.node("NonZero").in(body.equal(places, pattern)).out(INT64), 0);
            Value observed = body.subtract(body.scalar(1.0), absent);
            List<Value> found = formula.of(body, body.gather(rows, some, 0), observed);
            List<Value> after = new ArrayList<>();
            for (int i = 0; i < found.size(); i++) {
                after.add(body.op("ScatterND", before.get(i), body.unsqueeze(some, 1), found.get(i)));
            }
            return after;
        });
    }
}
