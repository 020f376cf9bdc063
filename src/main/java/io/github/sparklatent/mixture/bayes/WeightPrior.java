package io.github.sparklatent.mixture.bayes;

import io.github.sparklatent.linalg.GammaFunctions;
import io.github.sparklatent.settings.Names;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.special.Beta;
import org.apache.commons.math3.special.Gamma;

/** The prior of a mixture's weights, and the posterior that it gives for sizes N_k. */
public enum WeightPrior {
    /** A symmetric Dirichlet distribution: q(π) = Dir(α + N_1, ..., α + N_K) (Bishop 2006, eq. 10.57). */
    DIRICHLET {
        @Override
        double[] expectedLogWeights(double concentration, double[] sizes) {
            double total = GammaFunctions.digamma(total(concentration, sizes));
            return Arrays.stream(sizes)
                    .map(size -> GammaFunctions.digamma(concentration + size) - total)
                    .toArray();
        }

        @Override
        double[] meanWeights(double concentration, double[] sizes) {
            double total = total(concentration, sizes);
            return Arrays.stream(sizes)
                    .map(size -> (concentration + size) / total)
                    .toArray();
        }

        @Override
        double divergence(double concentration, double[] sizes) {
            int k = sizes.length;
            double[] expected = expectedLogWeights(concentration, sizes);
            double sum = Gamma.logGamma(total(concentration, sizes))
                    - Gamma.logGamma(k * concentration)
                    + k * Gamma.logGamma(concentration);
            for (int i = 0; i < k; i++) {
                sum += sizes[i] * expected[i] - Gamma.logGamma(concentration + sizes[i]);
            }
            return sum;
        }

        @Override
        double logDensity(double concentration, double[] weights, double[] gradient) {
            int k = weights.length;
            double sum = Gamma.logGamma(k * concentration) - k * Gamma.logGamma(concentration);
            for (int i = 0; i < k; i++) {
                sum += concentration * log(weights[i]);
                gradient[i] += concentration * (1 - k * weights[i]);
            }
            return sum;
        }

        private double total(double concentration, double[] sizes) {
            return sizes.length * concentration + Arrays.stream(sizes).sum();
        }
    },

    /**
     * A Dirichlet process, truncated at K components (Blei and Jordan 2006, eq. 18 to 19).
     *
     * <pre>
     *   π_k = v_k (1 − v_1) ... (1 − v_k−1),   v_k ~ Beta(1, α)
     *   q(v_k) = Beta(1 + N_k, α + N_k+1 + ... + N_K)
     * </pre>
     */
    DIRICHLET_PROCESS {
        @Override
        double[] expectedLogWeights(double concentration, double[] sizes) {
            double[] rest = rest(concentration, sizes);
            double[] result = new double[sizes.length];
            double before = 0;
            for (int k = 0; k < sizes.length; k++) {
                double total = GammaFunctions.digamma(1 + sizes[k] + rest[k]);
                result[k] = before + GammaFunctions.digamma(1 + sizes[k]) - total;
                before += GammaFunctions.digamma(rest[k]) - total;
            }
            return result;
        }

        @Override
        double[] meanWeights(double concentration, double[] sizes) {
            double[] rest = rest(concentration, sizes);
            double[] result = new double[sizes.length];
            double before = 1;
            for (int k = 0; k < sizes.length; k++) {
                double total = 1 + sizes[k] + rest[k];
                result[k] = before * (1 + sizes[k]) / total;
                before *= rest[k] / total;
            }
            // What lies beyond the truncation is distributed over the components.
            double sum = Arrays.stream(result).sum();
            return Arrays.stream(result).map(weight -> weight / sum).toArray();
        }

        @Override
        double divergence(double concentration, double[] sizes) {
            double[] rest = rest(concentration, sizes);
            return IntStream.range(0, sizes.length)
                    .mapToDouble(k -> {
                        double a = 1 + sizes[k];
                        double b = rest[k];
                        double total = GammaFunctions.digamma(a + b);
                        return Beta.logBeta(1, concentration)
                                - Beta.logBeta(a, b)
                                + (a - 1) * (GammaFunctions.digamma(a) - total)
                                + (b - concentration) * (GammaFunctions.digamma(b) - total);
                    })
                    .sum();
        }

        /** p(π) = α^(K−1) π_K^(α−1) / Π_k&lt;K (π_k + ... + π_K); v_k is π_k divided by such a sum. */
        @Override
        double logDensity(double concentration, double[] weights, double[] gradient) {
            int last = weights.length - 1;
            double sum = last * StrictMath.log(concentration) + (concentration - 1) * log(weights[last]);
            gradient[last] += concentration - 1;
            double rest = 0;
            for (int k = last; k >= 0; k--) {
                rest += weights[k];
                boolean divides = k > 0 && k < last;
                sum += log(weights[k]) - (divides ? log(rest) : 0);
                gradient[k] += 1 - (last + concentration) * weights[k];
                for (int i = 0; divides && i <= last; i++) {
                    gradient[i] += weights[i] - (i < k ? 0 : weights[i] / rest);
                }
            }
            return sum;
        }

        /** Returns α plus the sizes after k, for each k. */
        private double[] rest(double concentration, double[] sizes) {
            double[] rest = new double[sizes.length];
            double sum = concentration;
            for (int k = sizes.length - 1; k >= 0; k--) {
                rest[k] = sum;
                sum += sizes[k];
            }
            return rest;
        }
    };

    /**
     * Returns E[log π_k] under the posterior, k numbers in nats.
     *
     * @param concentration α, above 0
     * @param sizes N_k, not negative. Not modified.
     */
    abstract double[] expectedLogWeights(double concentration, double[] sizes);

    /** Returns E[π_k] under the posterior, k numbers of sum 1; arguments as above. */
    abstract double[] meanWeights(double concentration, double[] sizes);

    /** Returns KL(posterior ‖ prior), in nats; arguments as above. */
    abstract double divergence(double concentration, double[] sizes);

    /**
     * Returns the log density of θ, where π_k is proportional to c_k exp(θ_k) and one of the θ is constant: log p(π) +
     * Σ_k log π_k. The sum is the Jacobian.
     *
     * @param weights π, k numbers. Not modified.
     * @param gradient k numbers to which the derivatives with respect to θ are added. Modified.
     */
    abstract double logDensity(double concentration, double[] weights, double[] gradient);

    /** Returns a logarithm that is finite also if a weight is rounded to 0. */
    private static double log(double weight) {
        return StrictMath.log(Math.max(weight, Double.MIN_VALUE));
    }

    @Override
    public String toString() {
        return Names.of(this);
    }
}
