package io.github.sparklatent.mixture;

import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.special.Beta;
import org.apache.commons.math3.special.Gamma;

/**
 * Logarithms of the probabilities of values at least as far out as a given one. They are finite where the probabilities
 * themselves underflow.
 */
final class LogTails {
    private static final int MAX_TERMS = 10_000;
    private static final double TINY = 1e-300;
    private static final double RELATIVE = 1e-15;

    /** Greatest count that a double holds exactly; for far greater ones the beta function fails. */
    private static final double MAX_COUNT = 0x1p53;

    private LogTails() {}

    /**
     * Returns log P(χ² ≥ x), by the continued fraction of the incomplete gamma function in its tail (Press et al. 2007,
     * Numerical Recipes, section 6.2).
     *
     * @param degrees degrees of freedom, at least 1
     * @param x not negative
     */
    static double chiSquare(int degrees, double x) {
        double a = 0.5 * degrees;
        double half = 0.5 * x;
        if (degrees == 2) {
            return -half;
        }
        if (half <= a + 1) {
            return StrictMath.log(Gamma.regularizedGammaQ(a, half));
        }
        double b = half + 1 - a;
        double c = 1 / TINY;
        double d = 1 / b;
        double h = d;
        for (int i = 1; i < MAX_TERMS; i++) {
            double an = -i * (i - a);
            b += 2;
            d = 1 / nonzero(an * d + b);
            c = nonzero(b + an / c);
            h *= d * c;
            if (Math.abs(d * c - 1) < RELATIVE) {
                break;
            }
        }
        return a * StrictMath.log(half) - half - Gamma.logGamma(a) + StrictMath.log(h);
    }

    /**
     * Returns log P(X ≥ x) of a count X, by the incomplete beta or gamma function; −∞ where the probability underflows
     * and for counts above 2⁵³.
     *
     * @param parameters those of {@link DiscreteCells}
     * @param x at least 1
     */
    static double count(CellFamily family, double[] parameters, double x) {
        if (x > MAX_COUNT) {
            return Double.NEGATIVE_INFINITY;
        }
        double mean = parameters[0];
        double tail = switch (family) {
            case POISSON -> Gamma.regularizedGammaP(x, mean);
            case NEGATIVE_BINOMIAL -> Beta.regularizedBeta(mean / (mean + parameters[1]), x, parameters[1]);
            default -> throw new IllegalArgumentException("not a count");
        };
        return tail > TINY ? StrictMath.log(tail) : Double.NEGATIVE_INFINITY;
    }

    private static double nonzero(double value) {
        return Math.abs(value) < TINY ? TINY : value;
    }

    /**
     * Returns log P(|T| ≥ |t|) of a t distribution. Where the probability underflows, the tail is its density times t /
     * ν.
     */
    static double student(double degrees, double t) {
        double below = new TDistribution(null, degrees).cumulativeProbability(-Math.abs(t));
        double tail = below > TINY
                ? StrictMath.log(below)
                : StudentCells.logDensity(new double[] {0, 1, degrees}, t) + StrictMath.log(Math.abs(t) / degrees);
        return StrictMath.log(2) + tail;
    }
}
