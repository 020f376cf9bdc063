package io.github.sparklatent.scoring;

import io.github.sparklatent.linalg.LogSumExp;
import java.util.Arrays;

/**
 * Makes the anomaly scores of rows with different missing cells comparable. A score s is minus the log density of the
 * cells that a row has, and the standardised score is the log odds that a row which the model draws, with the same
 * cells, has a lower score:
 *
 * <pre>
 *   v   = log Σ_k π_k P_k − log Σ_k π_k (1 − P_k),   P_k = 1 / (1 + exp(−1.5976 z_k (1 + 0.04417 z_k²)))
 *   z_k = 6/g (cbrt(1 + g t / 2) − 1 + g² / 36),     t = (s − κ₁) / √κ₂,   g = κ₃ / κ₂^(3/2)
 * </pre>
 *
 * <p>κ₁, κ₂ and κ₃ are the cumulants that s has in rows of component k: sums of those of minus the log density of each
 * cell, as if the row were in no other component. For p cells with a joint normal distribution they are −log of the
 * density at the mean + p/2, p/2 and p. A Pearson III distribution with these cumulants has the normal score z_k
 * (Wilson and Hilferty 1931), and P_k is the normal distribution function but for an error of 1.4e-4 (Page 1977, which
 * needs no error function).
 *
 * <p>Under one model, v grows with s among rows with the same cells, so complete rows keep the order of their scores.
 * Where components overlap in the cells of a row, s is lower than the cumulants say, so v is low;
 * {@link ReferenceRows.CellCounts} corrects that.
 */
public final class StandardScore {
    /** A score that is certain up to rounding still has a scale. */
    private static final double MIN_VARIANCE = 1e-12;

    private static final double MIN_SKEWNESS = 1e-3;

    /** Skewness of the score of a single normal cell; the formula needs no greater one, and does not hold for it. */
    private static final double MAX_SKEWNESS = Math.sqrt(8);

    /** Probability below which its logarithm is computed from those of its terms. */
    private static final double TINY = 1e-290;

    private final double[] weights;
    private final double[] means;
    private final double[] deviations;
    private final double[] skewness;

    /**
     * Prepares the scores of rows with the same cells.
     *
     * @param weights π, K numbers. Kept, not copied.
     * @param cumulants κ₁, κ₂ and κ₃ of each component, 3 K numbers. Not modified.
     */
    public StandardScore(double[] weights, double[] cumulants) {
        this.weights = weights;
        this.means = new double[weights.length];
        this.deviations = new double[weights.length];
        this.skewness = new double[weights.length];
        for (int k = 0; k < weights.length; k++) {
            double variance = Math.max(MIN_VARIANCE, cumulants[3 * k + 1]);
            means[k] = cumulants[3 * k];
            deviations[k] = Math.sqrt(variance);
            double skew = cumulants[3 * k + 2] / (variance * deviations[k]);
            skewness[k] = Math.max(MIN_SKEWNESS, Math.min(MAX_SKEWNESS, skew));
        }
    }

    /** Returns the standardised score of a score s; s itself if it is not finite. */
    public double of(double score) {
        if (!Double.isFinite(score)) {
            return score;
        }
        double below = 0;
        double above = 0;
        for (int k = 0; k < weights.length; k++) {
            double odds = odds(k, score);
            double small = StrictMath.exp(-Math.abs(odds));
            double share = weights[k] / (1 + small);
            below += odds < 0 ? small * share : share;
            above += odds < 0 ? share : small * share;
        }
        return above < TINY ? -logSum(score, -1) : below < TINY ? logSum(score, 1) : StrictMath.log(below / above);
    }

    /** Returns the log odds that a row of a component has a lower score. */
    private double odds(int k, double score) {
        double g = skewness[k];
        double t = (score - means[k]) / deviations[k];
        double z = 6 / g * (StrictMath.cbrt(1 + 0.5 * g * t) - 1 + g * g / 36);
        return 1.5976 * z * (1 + 0.04417 * z * z);
    }

    /** Returns log Σ_k π_k exp(±odds_k). */
    private double logSum(double score, int sign) {
        double[] terms = new double[weights.length];
        Arrays.setAll(
                terms,
                k -> weights[k] == 0 ? Double.NEGATIVE_INFINITY : StrictMath.log(weights[k]) + sign * odds(k, score));
        return LogSumExp.of(terms);
    }
}
