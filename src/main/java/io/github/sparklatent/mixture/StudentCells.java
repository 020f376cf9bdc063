package io.github.sparklatent.mixture;

import java.util.random.RandomGenerator;
import org.apache.commons.math3.special.Gamma;

/**
 * The t distribution of a cell and its estimate (Peel and McLachlan 2000, for one dimension).
 *
 * <pre>
 *   log p(x) = c − ½ (ν + 1) log(1 + δ² / ν),   δ² = (x − m)² / v
 *   u        = (ν + 1) / (ν + δ²)
 *   m        = Σ r u x / Σ r u
 *   v        = Σ r u (x − m)² / Σ r
 * </pre>
 *
 * The parameters are m, v and ν, and ν is the root of
 *
 * <pre>
 *   1 + log(ν / 2) − ψ(ν / 2) + Σ r (log u − u) / Σ r + ψ((ν₀ + 1) / 2) − log((ν₀ + 1) / 2)
 * </pre>
 *
 * with ν₀ of the round before.
 */
final class StudentCells {
    static final int PARAMETERS = 3;
    static final int LOCATION = 0;
    static final int SCALE = 1;
    static final int DEGREES = 2;

    /** Sums of r, r u, r u y, r u y² and r (log u − u), with y = x − m. */
    static final int STATISTICS = 5;

    /** Below 2 the variance is infinite; a mean exists above 1. */
    static final double LEAST_DEGREES = 1.5;

    /** Most degrees of freedom; the distribution is then almost Gaussian. */
    static final double GREATEST_DEGREES = 200;

    static final double START_DEGREES = 10;

    /** Least squared scale as a share of the typical variance, for a component of equal values. */
    private static final double LEAST_SCALE = 1e-12;

    private static final int HALVINGS = 50;

    private StudentCells() {}

    /** Returns c. */
    static double constant(double scale, double degrees) {
        return Gamma.logGamma(0.5 * (degrees + 1))
                - Gamma.logGamma(0.5 * degrees)
                - 0.5 * StrictMath.log(Math.PI * degrees * scale);
    }

    /** Returns log p(x), in nats. */
    static double logDensity(double[] parameters, double x) {
        double y = x - parameters[LOCATION];
        double degrees = parameters[DEGREES];
        return constant(parameters[SCALE], degrees)
                - 0.5 * (degrees + 1) * StrictMath.log1p(y * y / (degrees * parameters[SCALE]));
    }

    /**
     * Returns the parameters of the next round.
     *
     * @param sums the five sums. Not modified.
     * @param before parameters of the sums
     * @param weight number of rows that the prior counts as
     * @param typical v of these rows
     */
    static double[] fit(double[] sums, double[] before, double weight, double typical) {
        double shift = sums[2] / sums[1];
        double scatter = Math.max(0, sums[3] - sums[2] * shift);
        double scale =
                Math.max(LEAST_SCALE * typical, (scatter + weight * typical) / (sums[0] + weight));
        return new double[] {
            before[LOCATION] + shift, scale, degrees(sums[4] / sums[0], before[DEGREES])
        };
    }

    private static double degrees(double mean, double before) {
        double half = 0.5 * (before + 1);
        double constant = 1 + mean + Gamma.digamma(half) - StrictMath.log(half);
        double low = StrictMath.log(LEAST_DEGREES);
        double high = StrictMath.log(GREATEST_DEGREES);
        for (int i = 0; i < HALVINGS; i++) {
            double middle = 0.5 * (low + high);
            double ofHalf = 0.5 * StrictMath.exp(middle);
            // The first two terms fall with ν, so the sum is positive below the root.
            if (constant + StrictMath.log(ofHalf) - Gamma.digamma(ofHalf) > 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return StrictMath.exp(0.5 * (low + high));
    }

    /** Draws a value by the polar method of Bailey 1994. */
    static double draw(double[] parameters, RandomGenerator random) {
        double degrees = parameters[DEGREES];
        double tail = StrictMath.pow(1 - random.nextDouble(), -2 / degrees) - 1;
        double angle = StrictMath.cos(2 * Math.PI * random.nextDouble());
        return parameters[LOCATION] + Math.sqrt(parameters[SCALE] * degrees * tail) * angle;
    }
}
