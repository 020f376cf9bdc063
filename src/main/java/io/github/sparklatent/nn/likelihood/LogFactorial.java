package io.github.sparklatent.nn.likelihood;

/** Computes log x! of whole numbers. */
final class LogFactorial {
    private static final double HALF_LOG_TWO_PI = 0.5 * StrictMath.log(2 * Math.PI);
    private static final double[] TABLE = table(256);

    private LogFactorial() {}

    private static double[] table(int length) {
        double[] table = new double[length];
        for (int x = 2; x < length; x++) {
            table[x] = table[x - 1] + StrictMath.log(x);
        }
        return table;
    }

    /**
     * Returns log x! with a relative error of about 1e-15; beyond the table by Stirling's series
     * (Abramowitz &amp; Stegun 6.1.41), whose first omitted term is under 1e-20 there.
     *
     * @param x a whole number, not negative
     */
    static double of(double x) {
        if (x < TABLE.length) {
            return TABLE[(int) x];
        }
        double series = (1 - (1 / 30.0 - 1 / (105 * x * x)) / (x * x)) / (12 * x);
        return (x + 0.5) * StrictMath.log(x) - x + HALF_LOG_TWO_PI + series;
    }
}
