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
 *   1 + log(ν / 2) − ψ(ν / 2) + Σ r (E[log w] − u) / Σ r
 *   E[log w] = log u + ψ((ν₀ + 1) / 2) − log((ν₀ + 1) / 2)
 * </pre>
 *
 * where w is the latent precision of a value, u is its mean, and ν₀ is that of the E-step. The sums
 * are complete, so those of different ν₀ can be added.
 */
final class StudentCells {
    static final int PARAMETERS = 3;
    static final int LOCATION = 0;
    static final int SCALE = 1;
    static final int DEGREES = 2;

    /** Sums of r, r u, r u y, r u y² and r (E[log w] − u), with y = x − m. */
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

    /** Returns ψ(a) − log a, the mean of log w for a gamma variable w of shape a and mean 1. */
    static double meanLog(double shape) {
        return Gamma.digamma(shape) - StrictMath.log(shape);
    }

    /**
     * Returns the five sums that a value drawn from the distribution has on average, with r = 1.
     */
    static double[] expected(double[] parameters) {
        return new double[] {1, 1, 0, parameters[SCALE], meanLog(0.5 * parameters[DEGREES]) - 1};
    }

    /**
     * Moves the m that the five sums refer to.
     *
     * @param sums contains the five sums from an entry on. Modified.
     * @param delta new minus old m
     */
    static void moveCentre(double[] sums, int from, double delta) {
        sums[from + 3] += delta * (delta * sums[from + 1] - 2 * sums[from + 2]);
        sums[from + 2] -= delta * sums[from + 1];
    }

    /**
     * Returns the parameters of the next round.
     *
     * @param sums the five sums. Not modified.
     * @param before parameters whose m the sums refer to
     * @param weight number of rows that the prior counts as
     * @param typical v of these rows
     */
    static double[] fit(double[] sums, double[] before, double weight, double typical) {
        double shift = sums[2] / sums[1];
        double scatter = Math.max(0, sums[3] - sums[2] * shift);
        double scale =
                Math.max(LEAST_SCALE * typical, (scatter + weight * typical) / (sums[0] + weight));
        return new double[] {before[LOCATION] + shift, scale, degrees(sums[4] / sums[0])};
    }

    private static double degrees(double mean) {
        double low = StrictMath.log(LEAST_DEGREES);
        double high = StrictMath.log(GREATEST_DEGREES);
        for (int i = 0; i < HALVINGS; i++) {
            double middle = 0.5 * (low + high);
            // ψ(ν / 2) − log(ν / 2) grows with ν, so the sum is positive below the root.
            if (1 + mean - meanLog(0.5 * StrictMath.exp(middle)) > 0) {
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
