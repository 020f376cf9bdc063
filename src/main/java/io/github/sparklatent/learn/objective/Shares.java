package io.github.sparklatent.learn.objective;

/** Row weights as fractions of the total weight of their batch. */
public final class Shares {
    private Shares() {}

    /**
     * Computes share_i ← w_i / Σ w and returns Σ w.
     *
     * @param weights weight of each row; only the first n entries are used
     * @param share share of each row, at least n entries. Modified.
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
