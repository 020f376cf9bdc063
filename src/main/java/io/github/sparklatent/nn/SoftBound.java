package io.github.sparklatent.nn;

/**
 * A smooth bound of numbers that are exponentiated, such as logarithms of variances and rates.
 *
 * <pre>
 *   b(a) = a                              |a| ≤ c
 *   b(a) = ±(c + s tanh((|a| − c) / s))   |a| > c
 * </pre>
 *
 * The function is twice continuously differentiable, its values are within ±(c + s), and ordinary numbers keep their
 * bits. Without a bound, one cell far from all others, such as −9999 for a missing value, gives an infinite variance
 * and then NaN.
 *
 * @param knee c, at least 0
 * @param rest s, above 0
 */
public record SoftBound(float knee, float rest) {
    /** Bound of a log variance: ±20, so a variance is between 2e-9 and 5e8. */
    public static final SoftBound LOG_VARIANCE = new SoftBound(10, 10);

    /** Bound of the logarithm of a rate: ±20, above the largest count that a float can hold. */
    public static final SoftBound LOG_RATE = new SoftBound(17, 3);

    /** Bound of the logarithm of a negative binomial's shape. */
    public static final SoftBound LOG_SHAPE = new SoftBound(10, 3);

    /** Bound of the logarithm of degrees of freedom. */
    public static final SoftBound LOG_DEGREES = new SoftBound(5, 3);

    /** Returns b(a), in double precision; NaN of NaN. */
    public double bounded(double a) {
        double beyond = Math.abs(a) - knee;
        return beyond <= 0 ? a : Math.copySign(knee + rest * StrictMath.tanh(beyond / rest), a);
    }

    /** Returns db/da from the bounded value b, in double precision. */
    public double derivative(double bounded) {
        double beyond = (Math.abs(bounded) - knee) / rest;
        return beyond > 0 ? Math.max(0, 1 - beyond * beyond) : 1;
    }

    /** Replaces each number by its bounded value. */
    public void apply(float[] values, int from, int length) {
        for (int i = from; i < from + length; i++) {
            values[i] = (float) bounded(values[i]);
        }
    }

    /** Returns db/da from the bounded value b. */
    public float slope(float bounded) {
        return (float) derivative(bounded);
    }
}
