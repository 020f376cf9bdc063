package io.github.sparklatent.metrics;

import io.github.sparklatent.learn.Require;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The area under the curve of the true positive rate over the false positive rate: how often a row
 * that is what one looks for has a higher score than one that is not, equal scores counting half
 * (Mann and Whitney 1947; Hanley and McNeil 1982). 1: every such row stands above all others; ½: no
 * better than chance. A row's weight counts as so many rows.
 *
 * <pre>
 *   AUC = Σ_i∈P Σ_j∈N w_i w_j ([s_i &gt; s_j] + ½ [s_i = s_j]) / (Σ_P w Σ_N w)
 * </pre>
 */
public final class AreaUnderRoc {
    private AreaUnderRoc() {}

    /**
     * The area with every row counting once.
     *
     * @param scores higher for what one looks for; may be infinite. Not modified.
     * @param positive whether a row is what one looks for; some are, some are not. Not modified.
     */
    public static double of(double[] scores, boolean[] positive) {
        return of(scores, positive, null);
    }

    /**
     * The area with weighted rows.
     *
     * @param scores higher for what one looks for; may be infinite. Not modified.
     * @param positive whether a row is what one looks for. Not modified.
     * @param weights of the rows, not below 0, of either kind some above 0; null where each is 1.
     *     Not modified.
     * @throws IllegalArgumentException for lengths that differ, a score that is NaN, a weight below
     *     0, or rows of one kind only
     */
    public static double of(double[] scores, boolean[] positive, double[] weights) {
        int n = scores.length;
        requireLength("kinds", positive.length, n);
        requireLength("weights", weights == null ? n : weights.length, n);
        int[] ascending =
                IntStream.range(0, n)
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
                "rows weigh %s of the kind looked for and %s of the other, expected both above 0",
                positives,
                negatives);
        return above / positives / negatives;
    }

    private static void requireLength(String what, int found, int expected) {
        Require.that(found == expected, "%d %s stand beside %d scores", found, what, expected);
    }

    private static void requireWeight(double weight) {
        Require.that(
                weight >= 0 && weight < Double.POSITIVE_INFINITY,
                "a weight is %s, expected a finite number not below 0",
                weight);
    }
}
