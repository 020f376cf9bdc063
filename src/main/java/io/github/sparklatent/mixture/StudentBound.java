package io.github.sparklatent.mixture;

import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.univariate.BrentOptimizer;
import org.apache.commons.math3.optim.univariate.SearchInterval;
import org.apache.commons.math3.optim.univariate.UnivariateObjectiveFunction;
import org.apache.commons.math3.special.Gamma;

/**
 * A lower bound of the log-likelihood of values with a t distribution and of its prior, as a function of v and ν; see
 * {@link StudentCells}.
 *
 * <pre>
 *   N (log Γ((ν + 1) / 2) − log Γ(ν / 2)) − ½ N log(ν v) − ½ (ν + 1) h(d) − ½ a (log v + t / v)
 * </pre>
 *
 * N is Σ r, and the prior counts as a rows of variance t. For a given ν, the greatest bound is at the root of a
 * quadratic equation in eᵈ.
 */
final class StudentBound {
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
        double low = StrictMath.log(StudentCells.LEAST_DEGREES);
        double high = StrictMath.log(StudentCells.GREATEST_DEGREES);
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
