package io.github.sparklatent.metrics;

import io.github.sparklatent.learn.Require;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The area under the ROC curve: the true positive rate over the false positive rate. It is the share of pairs in which
 * a positive row has a higher score than a negative row; equal scores count half (Mann and Whitney 1947; Hanley and
 * McNeil 1982). 1: every positive row scores above every negative row; ½: no better than chance. A row of weight w
 * counts as w rows.
 *
 * <pre>
 *   AUC = Σ_i∈P Σ_j∈N w_i w_j ([s_i &gt; s_j] + ½ [s_i = s_j]) / (Σ_P w Σ_N w)
 * </pre>
 */
public final class AreaUnderRoc {
    private AreaUnderRoc() {}

    /**
     * Computes the area with every row counting once.
     *
     * @param scores score of each row, higher for positive rows; may be infinite. Not modified.
     * @param positive whether each row is positive; there must be rows of both classes. Not modified.
     */
    public static double of(double[] scores, boolean[] positive) {
        return of(scores, positive, null);
    }

    /**
     * Computes the area with weighted rows.
     *
     * @param scores score of each row, higher for positive rows; may be infinite. Not modified.
     * @param positive whether each row is positive. Not modified.
     * @param weights weight of each row, not below 0, with a sum above 0 in each class; null if each is 1. Not
     *     modified.
     * @throws IllegalArgumentException if lengths differ, a score is NaN, a weight is below 0 or not finite, or a class
     *     has no weight
     */
    public static double of(double[] scores, boolean[] positive, double[] weights) {
        int n = scores.length;
        requireLength("labels", positive.length, n);
        requireLength("weights", weights == null ? n : weights.length, n);
        int[] ascending = IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> 0.0 + scores[i]))
                .mapToInt(i -> i)
                .toArray();
        double positives = 0;
        double negatives = 0;
        double above = 0;
        int from = 0;
        while (from < n) {
            double tiedPositives = 0;
            double tiedNegatives = 0;
            int at = from;
            for (; at < n && scores[ascending[at]] == scores[ascending[from]]; at++) {
                double weight = weights == null ? 1 : weights[ascending[at]];
                requireWeight(weight);
                tiedPositives += positive[ascending[at]] ? weight : 0;
                tiedNegatives += positive[ascending[at]] ? 0 : weight;
            }
            Require.that(at > from, "a score is NaN, expected a number or an infinity");
            above += tiedPositives * (negatives + tiedNegatives / 2);
            positives += tiedPositives;
            negatives += tiedNegatives;
            from = at;
        }
        Require.that(
                positives > 0 && negatives > 0,
                "the positive rows weigh %s and the negative rows %s, expected both above 0",
                positives,
                negatives);
        return above / positives / negatives;
    }

    /**
     * Returns the standard error of an area (Hanley and McNeil 1982, eq. 2 to 4).
     *
     * <pre>
     *   SE² = (A (1 − A) + (n − 1) (A / (2 − A) − A²) + (m − 1) (2 A² / (1 + A) − A²)) / (n m)
     * </pre>
     *
     * @param area A
     * @param positives n, the number of positive rows
     * @param negatives m, the number of negative rows
     */
    public static double standardError(double area, double positives, double negatives) {
        double ofPositives = area / (2 - area) - area * area;
        double ofNegatives = 2 * area * area / (1 + area) - area * area;
        return Math.sqrt((area * (1 - area) + (positives - 1) * ofPositives + (negatives - 1) * ofNegatives)
                / (positives * negatives));
    }

    private static void requireLength(String what, int found, int expected) {
        Require.that(found == expected, "there are %d %s for %d scores, expected one for each", found, what, expected);
    }

    private static void requireWeight(double weight) {
        Require.that(
                weight >= 0 && weight < Double.POSITIVE_INFINITY,
                "a weight is %s, expected a finite number not below 0",
                weight);
    }
}
