package io.github.sparklatent.linear;

import io.github.sparklatent.learn.DataException;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * Variational Bayes of probabilistic PCA, whose priors z ~ N(0, I) and w_h ~ N(0, c_h I) have variances c_h of greatest
 * evidence (automatic relevance determination: Bishop, Variational principal components, 1999). An axis whose variance
 * rows without it would have by chance gets c_h = 0 and is not in use.
 *
 * <p>Nakajima, Tomioka, Sugiyama and Babacan (Condition for perfect dimensionality recovery by variational Bayesian
 * PCA, Journal of Machine Learning Research 16, 2015) show that the global optimum follows from the singular values
 * γ_h² = n λ_h of the centred rows. With L = min(d, n), M = max(d, n), α = L / M:
 *
 * <pre>
 *   Φ(t) = log(t + 1) / t − ½,   Φ(t₀) + Φ(t₀ / α) = 0            eq. 31
 *   in use:  γ_h² ≥ M σ² x₀,   x₀ = (1 + t₀) (1 + α / t₀)          eq. 30
 *   ĝ_h = ½ γ_h (1 − (L + M) σ² / γ_h² + √((1 − (L + M) σ² / γ_h²)² − 4 L M σ⁴ / γ_h⁴))
 *   σ² minimises  Σ_h (x_h − log x_h) + Σ_(in use) ψ(x_h),  x_h = γ_h² / (M σ²)
 *   ψ(x) = log(t + 1) + α log(t / α + 1) − t,  t = ½ (x − 1 − α + √((x − 1 − α)² − 4 α))
 * </pre>
 *
 * <p>With the posterior mean of w_h in place of w_h, the stationary conditions of the bound give |w_h|² = ĝ_h (γ_h ĝ_h
 * + n σ²) / (n γ_h), since the mean of E[z²] is then 1. As n grows, this tends to λ_h − σ², the solution of maximum
 * likelihood.
 */
final class VariationalPca {
    private static final int STEPS = 100;
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

    private VariationalPca() {}

    /**
     * Computes the optimum.
     *
     * @param variances λ, the eigenvalues of the covariance of the rows in descending order, d numbers not below 0. Not
     *     modified.
     * @param rows n, the number of rows with independent noise
     * @param most greatest number of axes in use; no more than d − 1 are used
     * @param bound lower bound of σ²
     * @throws DataException if σ² would be 0
     */
    static ClosedForm.Solution of(double[] variances, double rows, int most, double bound) {
        double d = variances.length;
        double small = Math.min(d, rows);
        double great = Math.max(d, rows);
        int count = (int) Math.ceil(small);
        double[] scaled = new double[count]; // γ_h² / M
        Arrays.setAll(scaled, h -> variances[h] * rows / great);
        for (int h = count; h < variances.length; h++) { // an effective n may be below the rank
            scaled[count - 1] += variances[h] * rows / great;
        }
        double alpha = small / great;
        double t = root(alpha);
        double least = (1 + t) * (1 + alpha / t);
        double best = Double.POSITIVE_INFINITY;
        double noise = Double.NaN;
        int axes = Math.min(most, count - 1);
        for (int used = 0; used <= axes; used++) {
            int active = used;
            double from = Math.max(bound, used < axes ? scaled[used] / least : 0);
            double to = used == 0 ? Arrays.stream(scaled).sum() : scaled[used - 1] / least;
            from = Math.max(from, Double.MIN_NORMAL);
            if (!(from < to)) {
                continue;
            }
            DoubleUnaryOperator cost = log -> cost(scaled, active, alpha, Math.exp(log));
            double found = minimum(cost, Math.log(from), Math.log(to));
            if (cost.applyAsDouble(found) < best) {
                best = cost.applyAsDouble(found);
                noise = Math.exp(found);
            }
        }
        noise = Double.isNaN(noise) ? bound : noise;
        if (!(noise > 2 * Double.MIN_NORMAL)) {
            throw new DataException(
                    "the rows vary in at most %d directions and the regularization is 0, so there is no noise to estimate: use a regularization above 0 or fewer latent variables"
                            .formatted(axes));
        }
        double[] lengths = new double[axes];
        int used = 0;
        for (int h = 0; h < axes && scaled[h] >= noise * least; h++) {
            double square = variances[h] * rows; // γ²
            double rest = 1 - (small + great) * noise / square;
            double root = Math.sqrt(rest * rest - 4 * small * great * Math.pow(noise / square, 2));
            double gain = 0.5 * square * (rest + root); // γ ĝ
            lengths[used++] = gain * (gain + rows * noise) / (rows * square);
        }
        return new ClosedForm.Solution(noise, Arrays.copyOf(lengths, used));
    }

    /** Returns t₀, by bisection: Φ(t) + Φ(t / α) falls from 1 to −1 as t grows. */
    private static double root(double alpha) {
        double low = 1e-3 * alpha;
        double high = 1e3;
        for (int i = 0; i < STEPS; i++) {
            double middle = Math.sqrt(low * high);
            if (phi(middle) + phi(middle / alpha) > 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static double phi(double t) {
        return StrictMath.log1p(t) / t - 0.5;
    }

    /** Returns the cost of a noise variance up to a constant. */
    private static double cost(double[] scaled, int used, double alpha, double noise) {
        double sum = scaled.length * StrictMath.log(noise);
        for (int h = 0; h < scaled.length; h++) {
            double x = scaled[h] / noise;
            sum += x;
            if (h < used) {
                double rest = x - 1 - alpha;
                double t = 0.5 * (rest + Math.sqrt(Math.max(0, rest * rest - 4 * alpha)));
                sum += StrictMath.log1p(t) + alpha * StrictMath.log1p(t / alpha) - t;
            }
        }
        return sum;
    }

    /** Returns the minimum between two places by golden-section search. */
    private static double minimum(DoubleUnaryOperator cost, double from, double to) {
        double low = from;
        double high = to;
        double left = high - GOLDEN * (high - low);
        double right = low + GOLDEN * (high - low);
        double atLeft = cost.applyAsDouble(left);
        double atRight = cost.applyAsDouble(right);
        for (int i = 0; i < STEPS; i++) {
            if (atLeft <= atRight) {
                high = right;
                right = left;
                atRight = atLeft;
                left = high - GOLDEN * (high - low);
                atLeft = cost.applyAsDouble(left);
            } else {
                low = left;
                left = right;
                atLeft = atRight;
                right = low + GOLDEN * (high - low);
                atRight = cost.applyAsDouble(right);
            }
        }
        return 0.5 * (low + high);
    }
}
