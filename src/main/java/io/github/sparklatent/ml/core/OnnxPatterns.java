package io.github.sparklatent.ml.core;

import static io.github.sparklatent.onnx.ElementType.DOUBLE;
import static io.github.sparklatent.onnx.ElementType.INT64;

import io.github.sparklatent.ml.anomaly.ScoreGraph;
import io.github.sparklatent.onnx.Graph;
import io.github.sparklatent.onnx.Value;
import io.github.sparklatent.scoring.BatchScorer;
import io.github.sparklatent.scoring.PatternScores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;

/**
 * Rows with missing cells in an ONNX graph. A loop runs over the patterns of missing cells that the rows have, so a
 * model computes the rows of one pattern at a time. The anomaly scores of incomplete rows are made comparable with the
 * formula of {@link PatternScores}: the graph has the rows that are drawn from the model as a constant, and scores them
 * without the cells of each pattern.
 */
public final class OnnxPatterns {
    private final Formula formula;
    private final int d;
    private final Value drawn;
    private final int maxCells;
    private final int maxRuns;

    /** The formula of a model. */
    public interface Formula {
        /**
         * Adds the outputs of some rows that miss the same cells.
         *
         * @param rows n × d, 0 where a cell is missing
         * @param observed d numbers: 1 if the cells of a column are observed in these rows, 0 if they are missing; null
         *     if no cell is missing
         * @return doubles of n × some columns each; the first is the anomaly score, n × 1
         */
        List<Value> of(Graph g, Value rows, Value observed);
    }

    private OnnxPatterns(Graph g, Formula formula, int d, LongFunction<double[]> drawn) {
        this.formula = formula;
        this.d = d;
        this.maxCells = PatternScores.maxCells(d);
        this.maxRuns = PatternScores.maxRuns(d);
        this.drawn = drawn == null || maxRuns == 0 ? null : g.constant(drawn(drawn, d), BatchScorer.DRAWS, d);
    }

    private static double[] drawn(LongFunction<double[]> drawn, int d) {
        double[] all = new double[BatchScorer.DRAWS * d];
        for (int i = 0; i < BatchScorer.DRAWS; i++) {
            System.arraycopy(drawn.apply(i), 0, all, i * d, d);
        }
        return all;
    }

    /**
     * Adds the outputs of rows.
     *
     * @param input n × d doubles, NaN where a cell is missing
     * @param drawn draws a complete row of the model by its index; null if the anomaly scores of incomplete rows are
     *     comparable
     * @return those of the formula
     */
    public static List<Value> add(Graph g, Value input, int d, Formula formula, LongFunction<double[]> drawn) {
        return new OnnxPatterns(g, formula, d, drawn).add(g, input);
    }

    /** Returns 1 where a cell is missing, else 0: n × d. */
    static Value missing(Graph g, Value input) {
        return g.indicator(g.isNaN(input));
    }

    private List<Value> add(Graph g, Value input) {
        Value missing = missing(g, input);
        Value rows = g.where(g.isNaN(input), g.scalar(0.0), input);
        Value padded = g.concatenate(0, g.constant(new double[d], 1, d), missing); // the first pattern misses nothing
        List<Value> unique =
                g.node("Unique").in(padded).set("axis", 0).set("sorted", 1).outs(DOUBLE, null, INT64);
        Value patterns = unique.get(0);
        Value places = g.slice(unique.get(2), 0, 1, Long.MAX_VALUE); // the pattern of each row
        Value count = g.subtract(g.length(patterns, 0), g.scalar(1L));
        Value complete = drawn == null
                ? null
                : g.branch(g.less(g.scalar(0L), count), DOUBLE, this::ofComplete, none -> {
                    return none.constant(
                            new double[ScoreGraph.length(BatchScorer.DRAWS)], ScoreGraph.length(BatchScorer.DRAWS));
                });
        return g.loop(count, formula.of(g, rows, null), (body, round, before) -> {
            Value pattern = body.add(round, body.scalar(1L));
            Value absent = body.gather(patterns, pattern, 0); // d
            Value some = body.squeeze(
                    body.node("NonZero").in(body.equal(places, pattern)).out(INT64), 0);
            Value observed = body.subtract(body.scalar(1.0), absent);
            List<Value> found = new ArrayList<>(formula.of(body, body.gather(rows, some, 0), observed));
            if (complete != null) {
                found.set(0, compared(body, found.get(0), absent, complete));
            }
            List<Value> after = new ArrayList<>();
            for (int i = 0; i < found.size(); i++) {
                after.add(body.op("ScatterND", before.get(i), body.unsqueeze(some, 1), found.get(i)));
            }
            return after;
        });
    }

    /** Returns the quantiles of the scores of complete rows. */
    private Value ofComplete(Graph g) {
        return distribution(g, null).scores();
    }

    private ScoreGraph distribution(Graph g, Value observed) {
        Value rows = observed == null ? drawn : g.multiply(drawn, observed);
        Value scores = g.squeeze(formula.of(g, rows, observed).get(0), 1);
        return ScoreGraph.ofDrawn(g, scores, BatchScorer.DRAWS);
    }

    /**
     * Returns the scores of complete rows that are as far out.
     *
     * @param scores n × 1, of rows with one pattern
     * @param absent d numbers, 1 where a cell is missing
     * @param complete quantiles of complete rows
     */
    private Value compared(Graph g, Value scores, Value absent, Value complete) {
        long[] others = new long[d];
        Arrays.setAll(others, j -> j - 1);
        others[0] = 0;
        double[] first = new double[d];
        first[0] = 1;
        Value before =
                g.multiply(g.gather(absent, g.constant(others, d), 0), g.subtract(g.scalar(1.0), g.constant(first, d)));
        Value starts = g.multiply(absent, g.subtract(g.scalar(1.0), before));
        Value runs = g.sum(starts, 0, false);
        Value cells = g.sum(absent, 0, false);
        Value isDrawn = g.or(
                g.lessOrEqual(runs, g.scalar((double) maxRuns)), g.lessOrEqual(cells, g.scalar((double) maxCells)));
        // each missing cell has the number of its run, or 1 if rows are drawn without all of them
        Value numbers = g.multiply(g.where(isDrawn, absent, g.op("CumSum", starts, g.scalar(0L))), absent);
        Value count = g.cast(g.where(isDrawn, g.scalar(1.0), runs), INT64);
        Value sum = g.loop(count, List.of(complete), (body, round, quantiles) -> {
                    Value number = body.cast(body.add(round, body.scalar(1L)), DOUBLE);
                    Value observed = body.subtract(body.scalar(1.0), body.indicator(body.equal(numbers, number)));
                    Value without = distribution(body, observed).scores();
                    return List.of(body.add(quantiles.get(0), body.subtract(without, complete)));
                })
                .get(0);
        int length = ScoreGraph.length(BatchScorer.DRAWS);
        Value ascending = sum;
        for (int step = 1; step < length; step *= 2) {
            double[] lowest = new double[step];
            Arrays.fill(lowest, Double.NEGATIVE_INFINITY);
            Value moved = g.concatenate(0, g.constant(lowest, step), g.slice(ascending, 0, 0, (long) length - step));
            ascending = g.greatest(ascending, moved);
        }
        ScoreGraph ofComplete = ScoreGraph.ofDrawn(complete, BatchScorer.DRAWS, g);
        ScoreGraph from = ScoreGraph.ofDrawn(g.where(isDrawn, sum, ascending), BatchScorer.DRAWS, g);
        Value moved = g.unsqueeze(from.mapped(g, g.squeeze(scores, 1), ofComplete), 1);
        return g.where(g.less(cells, g.scalar((double) d)), moved, scores);
    }
}
