package io.github.sparklatent.bench.anomalies;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How well scores rank positive rows.
 *
 * @param area area under the ROC curve: the share of pairs in which the positive row has the higher score; equal scores
 *     count half
 * @param precision mean, over the positive rows, of the share of positive rows among those with at least the same
 *     score, as scikit-learn's {@code average_precision_score}
 */
record Ranking(double area, double precision) {

    /**
     * Measures scores.
     *
     * @param scores score of each row, higher for positive rows. Not modified.
     * @param positive whether each row is positive; some are, and some are not. Not modified.
     */
    static Ranking of(double[] scores, boolean[] positive) {
        int[] descending = IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -scores[i]))
                .mapToInt(i -> i)
                .toArray();
        double precision = 0;
        double above = 0;
        int found = 0;
        for (int from = 0; from < descending.length; ) {
            int to = from;
            int positives = 0;
            while (to < descending.length && scores[descending[to]] == scores[descending[from]]) {
                positives += positive[descending[to]] ? 1 : 0;
                to++;
            }
            above += (to - from - positives) * (found + 0.5 * positives);
            found += positives;
            precision += positives * (double) found / to;
            from = to;
        }
        return new Ranking(above / found / (scores.length - found), precision / found);
    }
}
