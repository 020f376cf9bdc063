package io.github.sparklatent.metrics;

/** The area under the ROC curve by its definition (Mann and Whitney 1947). */
public final class RankedPairs {
    private RankedPairs() {}

    /** Returns the share of pairs in which the positive row has the higher score; equal scores count half. */
    public static double areaUnderRoc(double[] scores, boolean[] positive) {
        double above = 0;
        long pairs = 0;
        for (int i = 0; i < scores.length; i++) {
            for (int j = 0; positive[i] && j < scores.length; j++) {
                if (!positive[j]) {
                    above += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                    pairs++;
                }
            }
        }
        return above / pairs;
    }
}
