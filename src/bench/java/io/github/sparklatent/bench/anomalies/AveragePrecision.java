package io.github.sparklatent.bench.anomalies;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The mean, over the positive rows, of the share of positive rows among those with at least the same score. Equal
 * scores count together, as in scikit-learn's {@code average_precision_score}.
 */
final class AveragePrecision {
    private AveragePrecision() {}

    /**
     * Computes the average precision.
     *
     * @param scores score of each row, higher for positive rows. Not modified.
     * @param positive whether each row is positive; at least one is. Not modified.
     */
    static double of(double[] scores, boolean[] positive) {
        int[] descending = IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -scores[i]))
                .mapToInt(i -> i)
                .toArray();
        double sum = 0;
        int found = 0;
        for (int from = 0; from < descending.length; ) {
            int to = from;
            int positives = 0;
            while (to < descending.length && scores[descending[to]] == scores[descending[from]]) {
                positives += positive[descending[to]] ? 1 : 0;
                to++;
            }
            found += positives;
            sum += positives * (double) found / to;
            from = to;
        }
        return sum / found;
    }
}
