package io.github.sparklatent.ml.anomaly;

import static io.github.sparklatent.onnx.ElementType.DOUBLE;
import static io.github.sparklatent.onnx.ElementType.INT64;

import io.github.sparklatent.onnx.Functions;
import io.github.sparklatent.onnx.Graph;
import io.github.sparklatent.onnx.Value;
import io.github.sparklatent.scoring.KnownScores;
import io.github.sparklatent.scoring.PatternDistributions;
import io.github.sparklatent.scoring.ScoreBuckets;
import io.github.sparklatent.scoring.ScoreDistribution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Distributions of anomaly scores as operators of an ONNX graph, with the formulas of {@link ScoreDistribution} and
 * {@link PatternDistributions}.
 *
 * @param shares shares of the rows, one list after the other
 * @param scores quantiles at the shares
 * @param length length of a list
 * @param from index at which the list of a row begins; null: there is one list
 */
public record ScoreGraph(Value shares, Value scores, int length, Value from) {
    /** Exponents between which scores are rounded to their buckets; beyond, they stay as they are. */
    private static final int EXPONENTS = 200;

    /** Adds the distribution of the scores of rows that are drawn, n numbers; see {@link KnownScores}. */
    public static ScoreGraph ofDrawn(Graph g, Value drawn, int n) {
        double[] shares = ScoreDistribution.shares(n);
        long[] ranks = new long[shares.length];
        int rank = 1;
        for (int i = 0; i < shares.length; i++) {
            while (rank < n && !ScoreDistribution.isReached((double) rank / n, shares[i], n)) {
                rank++;
            }
            ranks[i] = rank - 1L;
        }
        List<Value> sorted = g.node("TopK")
                .in(drawn, g.list(n))
                .set("axis", 0)
                .set("largest", 0)
                .outs(DOUBLE, INT64);
        Value quantiles = bucketEnd(g, g.gather(sorted.get(0), g.constant(ranks, ranks.length), 0));
        return new ScoreGraph(g.constant(shares, shares.length), quantiles, shares.length, null);
    }

    /** Returns a distribution of n drawn rows with known quantiles. */
    public static ScoreGraph ofDrawn(Value quantiles, int n, Graph g) {
        double[] shares = ScoreDistribution.shares(n);
        return new ScoreGraph(g.constant(shares, shares.length), quantiles, shares.length, null);
    }

    /** Returns the number of quantiles of the scores of n rows. */
    public static int length(int n) {
        return ScoreDistribution.shares(n).length;
    }

    /** Returns the upper end of the bucket of each score; see {@link ScoreBuckets}. */
    private static Value bucketEnd(Graph g, Value score) {
        int count = 2 * EXPONENTS + 1;
        double[] powers = new double[count];
        double[] steps = new double[count];
        for (int i = 0; i < count; i++) {
            powers[i] = Math.scalb(1.0, i - EXPONENTS);
            steps[i] = Math.scalb(1.0, i - EXPONENTS - ScoreBuckets.MANTISSA);
        }
        Value place = Functions.count(g, g.constant(powers, count), count, null, g.op("Abs", score), true);
        Value step = g.gather(g.constant(steps, count), g.greatest(g.subtract(place, g.scalar(1L)), g.scalar(0L)), 0);
        return g.multiply(g.op("Ceil", g.divide(score, step)), step);
    }

    /** Adds {@link ScoreDistribution#percentile} of n scores. */
    public Value percentile(Graph g, Value score) {
        Value counted = bucketEnd(g, score);
        Value below = Functions.count(g, scores, length, from, counted, false);
        Value upTo = Functions.count(g, scores, length, from, counted, true);
        Value last = g.subtract(upTo, g.scalar(1L));
        Value isKnown = g.less(below, upTo);
        Value between = between(g, below, counted);
        Value sum =
                g.add(g.where(isKnown, at(g, shares, below), between), g.where(isKnown, at(g, shares, last), between));
        return g.where(g.isNaN(score), score, g.multiply(g.scalar(50.0), sum));
    }

    private Value at(Graph g, Value list, Value index) {
        Value inside = g.least(g.greatest(index, g.scalar(0L)), g.scalar(length - 1L));
        return g.gather(list, from == null ? inside : g.add(from, inside), 0);
    }

    /** Returns the share at a score before the quantile {@code next}. */
    private Value between(Graph g, Value next, Value score) {
        Value before = g.subtract(next, g.scalar(1L));
        Value low = at(g, scores, before);
        Value gap = g.subtract(at(g, scores, next), low);
        Value part = g.divide(g.subtract(score, low), g.where(g.less(g.scalar(0.0), gap), gap, g.scalar(1.0)));
        Value share = at(g, shares, before);
        Value inside = g.add(share, g.multiply(part, g.subtract(at(g, shares, next), share)));
        Value started = g.where(g.less(before, g.scalar(0L)), g.scalar(0.0), inside);
        return g.where(g.less(g.scalar(length - 1L), next), g.scalar(1.0), started);
    }

    /**
     * Adds {@link ScoreDistribution#exceededBy}. Its operations are the same in the same order: a result is often the
     * end of a bucket, and another rounding would move it to the next bucket.
     */
    private Value exceededBy(Graph g, Value rate) {
        Value share = g.subtract(g.scalar(1.0), rate);
        Value next = Functions.count(g, shares, length, from, share, false);
        Value before = g.subtract(next, g.scalar(1L));
        Value low = at(g, shares, before);
        Value gap = g.subtract(at(g, shares, next), low);
        Value part = g.divide(g.subtract(share, low), g.where(g.less(g.scalar(0.0), gap), gap, g.scalar(1.0)));
        Value score = at(g, scores, before);
        Value isKnown = g.equal(at(g, shares, next), share);
        Value between = g.add(score, g.multiply(part, g.subtract(at(g, scores, next), score)));
        return g.where(isKnown, at(g, scores, next), between);
    }

    /**
     * Adds the scores that are as far out in another distribution.
     *
     * @param score n numbers of this distribution
     * @param other the distribution of the results, one list with the same shares
     */
    public Value mapped(Graph g, Value score, ScoreGraph other) {
        Value zero = g.scalar(0.0);
        Value above = g.greatest(zero, g.subtract(score, end(g, length - 1)));
        Value below = g.least(zero, g.subtract(score, end(g, 0)));
        Value share = g.divide(percentile(g, score), g.scalar(100.0));
        Value rate = g.greatest(zero, g.subtract(g.scalar(1.0), share));
        Value moved = g.add(g.add(other.exceededBy(g, rate), above), below);
        Value isFinite = g.less(g.op("Abs", score), g.scalar(Double.POSITIVE_INFINITY));
        return g.where(isFinite, moved, score);
    }

    private Value end(Graph g, int index) {
        return g.gather(scores, g.list(index), 0);
    }

    /** The severity of scores, and whether rows are anomalies. */
    public record Severity(Value severity, Value isAnomaly) {}

    /**
     * Adds severities.
     *
     * @param known distributions of known rows
     * @param score n anomaly scores
     * @param missing n × d: 1 where a cell is missing, else 0
     * @param d number of columns
     * @param thresholds score above which a row of a pattern is an anomaly: of rows of any other pattern, then of each
     *     pattern of {@code known} in order
     */
    public static Severity severity(
            Graph g, PatternDistributions known, Value score, Value missing, int d, double[] thresholds) {
        List<ScoreDistribution> all = new ArrayList<>(List.of(known.all()));
        all.addAll(known.patterns().values());
        int length = all.stream().mapToInt(one -> one.shares().length).max().orElseThrow();
        double[] shares = new double[all.size() * length];
        double[] scores = new double[all.size() * length];
        for (int i = 0; i < all.size(); i++) {
            double[] own = all.get(i).shares();
            double[] quantiles = all.get(i).scores();
            for (int j = 0; j < length; j++) {
                int at = Math.min(j, own.length - 1);
                shares[i * length + j] = own[at];
                scores[i * length + j] = quantiles[at];
            }
        }
        Value place = patterns(g, known, missing, d); // n
        ScoreGraph graph = new ScoreGraph(
                g.constant(shares, shares.length),
                g.constant(scores, scores.length),
                length,
                g.multiply(place, g.scalar((long) length)));
        Value threshold = g.gather(g.constant(thresholds, thresholds.length), place, 0);
        return new Severity(graph.percentile(g, score), g.less(threshold, score)); // false of NaN
    }

    /** Returns the place of the distribution of each row: 0, or that of its pattern counted from 1. */
    private static Value patterns(Graph g, PatternDistributions known, Value missing, int d) {
        int count = known.patterns().size();
        Value none = g.cast(g.sum(g.multiply(missing, g.scalar(0.0)), 1, false), INT64);
        if (count == 0) {
            return none;
        }
        double[] absent = new double[d * count];
        double[] present = new double[d * count];
        int p = 0;
        for (String pattern : known.patterns().keySet()) {
            boolean[] isMissing = PatternDistributions.missing(pattern, d);
            for (int j = 0; j < d; j++) {
                absent[j * count + p] = isMissing[j] ? 1 : 0;
                present[j * count + p] = isMissing[j] ? 0 : 1;
            }
            p++;
        }
        Value observed = g.subtract(g.scalar(1.0), missing);
        Value differences = g.add(
                g.product(missing, g.constant(present, d, count)),
                g.product(observed, g.constant(absent, d, count))); // n × patterns
        long[] places = new long[count];
        Arrays.setAll(places, i -> i + 1);
        Value isSame = g.cast(g.less(differences, g.scalar(0.5)), INT64);
        return g.add(none, g.sum(g.multiply(isSame, g.constant(places, 1, count)), 1, false));
    }
}
