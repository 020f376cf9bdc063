package io.github.sparklatent.onnx;

import static io.github.sparklatent.onnx.ElementType.DOUBLE;
import static io.github.sparklatent.onnx.ElementType.INT64;

/** Functions of doubles that ONNX does not have, written with its operators. */
public final class Functions {
    /** Steps by which the argument of the gamma function is moved into the range of its series. */
    private static final int STEPS = 8;

    /** B_2k / (2k (2k − 1)) of the Stirling series. */
    private static final double[] STIRLING = {
        1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360_360, 1.0 / 156
    };

    private Functions() {}

    /** Returns the identity matrix, d × d. */
    public static Value identity(Graph g, int d) {
        double[] numbers = new double[d * d];
        for (int j = 0; j < d; j++) {
            numbers[j * d + j] = 1;
        }
        return g.constant(numbers, d, d);
    }

    /**
     * Returns log Γ(x) for x &gt; 0, by the Stirling series at x + 8 (Abramowitz and Stegun 1964, eq. 6.1.41). Its
     * first term that is left out is below 10⁻¹⁵ there.
     */
    public static Value logGamma(Graph g, Value x) {
        Value product = x;
        for (int i = 1; i < STEPS; i++) {
            product = g.multiply(product, g.add(x, g.scalar((double) i)));
        }
        Value z = g.add(x, g.scalar((double) STEPS));
        Value inverse = g.divide(g.scalar(1.0), z);
        Value square = g.square(inverse);
        Value series = g.scalar(STIRLING[STIRLING.length - 1]);
        for (int i = STIRLING.length - 2; i >= 0; i--) {
            series = g.add(g.multiply(series, square), g.scalar(STIRLING[i]));
        }
        Value main = g.subtract(
                g.multiply(g.subtract(z, g.scalar(0.5)), g.op("Log", z)),
                g.subtract(z, g.scalar(0.5 * Math.log(2 * Math.PI))));
        // log Π of eight factors is finite up to 10³⁸
        return g.subtract(g.add(main, g.multiply(series, inverse)), g.op("Log", product));
    }

    /** Returns log(1 + x) for x &gt; −1 without loss of digits near 0 (Goldberg 1991, theorem 4). */
    public static Value logOnePlus(Graph g, Value x) {
        Value one = g.scalar(1.0, x);
        Value sum = g.add(one, x);
        Value difference = g.subtract(sum, one);
        Value isZero = g.equal(difference, g.scalar(0.0, x));
        Value safe = g.where(isZero, one, difference);
        return g.where(isZero, x, g.divide(g.multiply(x, g.op("Log", sum)), safe));
    }

    /**
     * Returns how many numbers of an ascending list are below others, or not above them, by bisection.
     *
     * @param sorted lists, one after the other, length numbers each
     * @param length length of a list
     * @param from index at which the list of a number begins, of the shape of x; null: there is one list
     * @param x numbers of any shape; NaN counts 0
     * @param orEqual whether equal numbers are counted
     */
    public static Value count(Graph g, Value sorted, int length, Value from, Value x, boolean orEqual) {
        Value found = g.cast(g.multiply(g.indicator(g.isNaN(x)), g.scalar(0.0)), INT64);
        for (int step = Integer.highestOneBit(length); step >= 1; step >>= 1) {
            Value next = g.add(found, g.scalar((long) step));
            Value place = g.subtract(g.least(next, g.scalar((long) length)), g.scalar(1L));
            Value number = g.gather(sorted, from == null ? place : g.add(from, place), 0);
            Value isBelow = orEqual ? g.lessOrEqual(number, x) : g.less(number, x);
            Value isInside = g.lessOrEqual(next, g.scalar((long) length));
            found = g.where(g.and(isBelow, isInside), next, found);
        }
        return found;
    }

    /**
     * Returns the quantiles of the standard normal distribution, to 16 digits (Wichura 1988, algorithm AS 241).
     *
     * @param p probabilities between 0 and 1, not 0 or 1
     */
    public static Value normalQuantile(Graph g, Value p) {
        Value q = g.subtract(p, g.scalar(0.5));
        Value r = g.subtract(g.scalar(0.180625), g.square(q));
        Value middle = g.multiply(q, g.divide(polynomial(g, r, A), polynomial(g, r, B)));
        Value small = g.least(p, g.subtract(g.scalar(1.0), p));
        Value t = g.op("Sqrt", g.negative(g.op("Log", small)));
        Value near = g.subtract(t, g.scalar(1.6));
        Value far = g.subtract(t, g.scalar(5.0));
        Value tail = g.where(
                g.lessOrEqual(t, g.scalar(5.0)),
                g.divide(polynomial(g, near, C), polynomial(g, near, D)),
                g.divide(polynomial(g, far, E), polynomial(g, far, F)));
        Value signed = g.where(g.less(q, g.scalar(0.0)), g.negative(tail), tail);
        return g.where(g.lessOrEqual(g.op("Abs", q), g.scalar(0.425)), middle, signed);
    }

    private static Value polynomial(Graph g, Value x, double[] coefficients) {
        Value sum = g.scalar(coefficients[coefficients.length - 1]);
        for (int i = coefficients.length - 2; i >= 0; i--) {
            sum = g.add(g.multiply(sum, x), g.scalar(coefficients[i]));
        }
        return g.cast(sum, DOUBLE);
    }

    private static final double[] A = {
        3.3871328727963666080e0, 1.3314166789178437745e+2, 1.9715909503065514427e+3, 1.3731693765509461125e+4,
        4.5921953931549871457e+4, 6.7265770927008700853e+4, 3.3430575583588128105e+4, 2.5090809287301226727e+3
    };
    private static final double[] B = {
        1,
        4.2313330701600911252e+1,
        6.8718700749205790830e+2,
        5.3941960214247511077e+3,
        2.1213794301586595867e+4,
        3.9307895800092710610e+4,
        2.8729085735721942674e+4,
        5.2264952788528545610e+3
    };
    private static final double[] C = {
        1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
        1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4
    };
    private static final double[] D = {
        1,
        2.05319162663775882187e0,
        1.67638483018380384940e0,
        6.89767334985100004550e-1,
        1.48103976427480074590e-1,
        1.51986665636164571966e-2,
        5.47593808499534494600e-4,
        1.05075007164441684324e-9
    };
    private static final double[] E = {
        6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
        2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7
    };
    private static final double[] F = {
        1,
        5.99832206555887937690e-1,
        1.36929880922735805310e-1,
        1.48753612908506148525e-2,
        7.86869131145613259100e-4,
        1.84631831751005468180e-5,
        1.42151175831644588870e-7,
        2.04426310338993978564e-15
    };
}
