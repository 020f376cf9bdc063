package io.github.sparklatent.learn.objective;

/** Weights of rows as shares of their batch. */
public final class Shares {
    private Shares() {}

    /**
     * share_i ← w_i / Σ w; returns Σ w.
     *
     * @param weights of the rows, the first n count
     * @param share of n entries at least. Modified.
     */
    public static double of(float[] weights, int n, float[] share) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += weights[i];
        }
        for (int i = 0; i < n; i++) {
            share[i] = (float) (weights[i] / sum);
        }
        return sum;
    }
}
