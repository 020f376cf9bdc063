package io.github.sparklatent.mixture;

import io.github.sparklatent.linalg.GammaFunctions;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.univariate.BrentOptimizer;
import org.apache.commons.math3.optim.univariate.SearchInterval;
import org.apache.commons.math3.optim.univariate.UnivariateObjectiveFunction;
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
 * where w is the latent precision of a value, u is its mean, and ν₀ is that of the E-step. The sums are complete, so
 * those of different ν₀ can be added.
 *
 * <p>This step of EM moves ν by a share of its way that falls as 1 / ν. Like ECME (Liu and Rubin 1994), {@link #fit}
 * therefore can maximise the likelihood of the values themselves over v and ν, with m as it is. They need one function
 * of the values only, and the seven sums bound it:
 *
 * <pre>
 *   h(d) = Σ r log(1 + eᵈ δ₀² / ν₀),   d = log(ν₀ v₀) − log(ν v),   p = δ₀² / (ν₀ + δ₀²)
 *        ≤ h(0) + h'(0) d + A (eᵈ − d − 1) + B (e⁻ᵈ + d − 1)
 *   A    = Σ r p (1 − p)²,   B = Σ r p² (1 − p)
 * </pre>
 *
 * The second derivative of each term of h is p (1 − p) at 0. Its logarithm has the derivative 1 − 2p, where p grows
 * with d, so it is at most p (1 − p) e^((1 − 2p) d) and, as that is convex in p, at most p (1 − p) ((1 − p) eᵈ + p
 * e⁻ᵈ). The bound agrees with h up to its third derivative.
 */
public final class StudentCells {
    public static final int PARAMETERS = 3;
    public static final int LOCATION = 0;
    public static final int SCALE = 1;
    public static final int DEGREES = 2;

    /** Number of sums: those of r, r u, r u y, r u y², r (E[log w] − u), r u² and r u³, with y = x − m. */
    public static final int STATISTICS = 7;

    /** Below 2 the variance is infinite; a mean exists above 1. */
    static final double MIN_DEGREES = 1.5;

    /** Most degrees of freedom; the distribution is then almost Gaussian. */
    static final double MAX_DEGREES = 200;

    public static final double START_DEGREES = 10;

    /** Least squared scale as a share of the typical variance, for a component of equal values. */
    private static final double MIN_SCALE = 1e-12;

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
    public static double meanLog(double shape) {
        return GammaFunctions.digamma(shape) - StrictMath.log(shape);
    }

    /**
     * Returns the seven sums that a value drawn from the distribution has on average, with r = 1: u is (ν + 1) / ν
     * times a variable of the beta distribution of ν / 2 and 1 / 2.
     */
    public static double[] expected(double[] parameters) {
        double degrees = parameters[DEGREES];
        double square = (degrees + 1) * (degrees + 2) / (degrees * (degrees + 3));
        return new double[] {
            1,
            1,
            0,
            parameters[SCALE],
            meanLog(0.5 * degrees) - 1,
            square,
            square * (degrees + 1) * (degrees + 4) / (degrees * (degrees + 5))
        };
    }

    /**
     * Moves the m that the sums refer to.
     *
     * @param sums contains the sums from an entry on. Modified.
     * @param delta new minus old m
     */
    public static void moveCentre(double[] sums, int from, double delta) {
        sums[from + 3] += delta * (delta * sums[from + 1] - 2 * sums[from + 2]);
        sums[from + 2] -= delta * sums[from + 1];
    }

    /**
     * Returns the parameters after a step of EM. The sums may be those of different parameters.
     *
     * @param sums the seven sums. Not modified.
     * @param before parameters whose m the sums refer to
     * @param weight number of rows that the prior counts as
     * @param typical v of these rows
     */
    public static double[] step(double[] sums, double[] before, double weight, double typical) {
        double shift = sums[2] / sums[1];
        double scatter = Math.max(0, sums[3] - sums[2] * shift);
        double scale = Math.max(MIN_SCALE * typical, (scatter + weight * typical) / (sums[0] + weight));
        return new double[] {before[LOCATION] + shift, scale, degrees(sums[4] / sums[0])};
    }

    /**
     * Returns the parameters of the next round: those of the step of EM, or those of a step over v and ν if its lower
     * bound of the gain is greater. So the likelihood times the prior does not fall.
     *
     * @param sums the seven sums under {@code before}. Not modified.
     * @param before parameters of the E-step
     * @param weight number of rows that the prior counts as
     * @param typical v of these rows
     */
    public static double[] fit(double[] sums, double[] before, double weight, double typical) {
        double[] step = step(sums, before, weight, typical);
        StudentBound bound = new StudentBound(sums, before, weight, typical);
        double[] direct = bound.greatest(MIN_SCALE * typical);
        return bound.gain(direct) > completeGain(sums, before, step, weight, typical) ? direct : step;
    }

    /** Returns the gain in the expected log-likelihood of values with their precisions w. */
    private static double completeGain(double[] sums, double[] before, double[] after, double weight, double typical) {
        double shift = after[LOCATION] - before[LOCATION];
        double scatter = sums[3] - 2 * shift * sums[2] + shift * shift * sums[1];
        double shape = 0.5 * after[DEGREES];
        double old = 0.5 * before[DEGREES];
        return 0.5 * (sums[0] + weight) * StrictMath.log(before[SCALE] / after[SCALE])
                + 0.5 * (sums[3] + weight * typical) / before[SCALE]
                - 0.5 * (scatter + weight * typical) / after[SCALE]
                + sums[0] * (normalizer(shape) - normalizer(old))
                + (shape - old) * sums[4];
    }

    private static double normalizer(double shape) {
        return shape * StrictMath.log(shape) - Gamma.logGamma(shape);
    }

    private static double degrees(double mean) {
        double low = StrictMath.log(MIN_DEGREES);
        double high = StrictMath.log(MAX_DEGREES);
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

    /**
     * A lower bound of the log-likelihood of values with a t distribution and of its prior, as a function of v and ν;
     * see {@link StudentCells}.
     *
     * <pre>
     *   N (log Γ((ν + 1) / 2) − log Γ(ν / 2)) − ½ N log(ν v) − ½ (ν + 1) h(d) − ½ a (log v + t / v)
     * </pre>
     *
     * N is Σ r, and the prior counts as a rows of variance t. For a given ν, the greatest bound is at the root of a
     * quadratic equation in eᵈ.
     */
    static final class StudentBound {
        private static final double PRECISION = 1e-7;
        private static final int MAX_EVALUATIONS = 1_000;

        private final double[] before;
        private final double weight;
        private final double typical;

        /** N, h(0), h'(0), A and B. */
        private final double count;

        private final double logs;
        private final double slope;
        private final double a;
        private final double b;

        /**
         * Creates the bound.
         *
         * @param sums the seven sums under {@code before}. Not modified.
         * @param before parameters of the E-step. Not modified.
         * @param weight number of rows that the prior counts as
         * @param typical v of these rows
         */
        StudentBound(double[] sums, double[] before, double weight, double typical) {
            this.before = before;
            this.weight = weight;
            this.typical = typical;
            double degrees = before[StudentCells.DEGREES];
            double ratio = degrees / (degrees + 1); // 1 − p is ratio · u
            double first = ratio * sums[1];
            double second = ratio * ratio * sums[5];
            double third = ratio * ratio * ratio * sums[6];
            this.count = sums[0];
            double meanLog = StudentCells.meanLog(0.5 * (degrees + 1));
            this.logs = -count * StrictMath.log(ratio) - (sums[4] + sums[1] - count * meanLog);
            this.slope = count - first;
            this.a = Math.max(0, second - third);
            this.b = Math.max(0, first - 2 * second + third);
        }

        /** Returns the parameters of the greatest bound, with the location as before. */
        double[] greatest(double leastScale) {
            UnivariateObjectiveFunction bound =
                    new UnivariateObjectiveFunction(logDegrees -> value(at(StrictMath.exp(logDegrees), leastScale)));
            double low = StrictMath.log(StudentCells.MIN_DEGREES);
            double high = StrictMath.log(StudentCells.MAX_DEGREES);
            double start = StrictMath.log(before[StudentCells.DEGREES]);
            double best = new BrentOptimizer(PRECISION, PRECISION)
                    .optimize(
                            new MaxEval(MAX_EVALUATIONS),
                            GoalType.MAXIMIZE,
                            bound,
                            new SearchInterval(low, high, Math.max(low, Math.min(high, start))))
                    .getPoint();
            return at(StrictMath.exp(best), leastScale);
        }

        /** Returns the parameters of the greatest bound with given degrees of freedom. */
        private double[] at(double degrees, double leastScale) {
            double old = before[StudentCells.DEGREES] * before[StudentCells.SCALE];
            double square = weight * typical * degrees / old + (degrees + 1) * a;
            double linear = count + weight - (degrees + 1) * (slope - a + b);
            double root = Math.sqrt(linear * linear + 4 * square * (degrees + 1) * b) + Math.abs(linear);
            double growth = linear >= 0 ? root / (2 * square) : 2 * (degrees + 1) * b / root; // eᵈ
            double scale = Math.max(leastScale, old / (growth * degrees));
            return new double[] {before[StudentCells.LOCATION], scale, degrees};
        }

        private double value(double[] parameters) {
            double degrees = parameters[StudentCells.DEGREES];
            double scale = parameters[StudentCells.SCALE];
            double d = StrictMath.log(before[StudentCells.DEGREES] * before[StudentCells.SCALE] / (degrees * scale));
            double h = logs + slope * d + a * (StrictMath.expm1(d) - d) + b * (StrictMath.expm1(-d) + d);
            return count * (Gamma.logGamma(0.5 * (degrees + 1)) - Gamma.logGamma(0.5 * degrees))
                    - 0.5 * count * StrictMath.log(degrees * scale)
                    - 0.5 * (degrees + 1) * h
                    - 0.5 * weight * (StrictMath.log(scale) + typical / scale);
        }

        /** Returns a lower bound of the gain over the parameters before; NaN if there is none. */
        double gain(double[] parameters) {
            return value(parameters) - value(before);
        }
    }
}
