package io.github.sparklatent.onnx;

/** Functions of doubles that ONNX does not have, written with its operators. */
public final class Functions {
    /** Steps by which the argument of the gamma function is moved into the range of its series. */
    private static final int STEPS = 8;

    /** B_2k / (2k (2k − 1)) of the Stirling series. */
    private static final double[] STIRLING = {
        1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360_360, 1.0 / 156
    };

    private Functions() {}

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
}
