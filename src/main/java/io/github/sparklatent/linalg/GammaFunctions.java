package io.github.sparklatent.linalg;

/** Computes the logarithm of the gamma function, its derivative, and log x! of whole numbers. */
public final class GammaFunctions {
    private static final double HALF_LOG_TWO_PI = 0.5 * StrictMath.log(2 * Math.PI);

    /** The series are used from here on: their first omitted terms are below 1e-16. */
    private static final double LARGE = 12;

    /** The coefficients of 1/x, 1/x³, 1/x⁵ ... in log Γ(x). */
    private static final double[] LOG_GAMMA = {
        1 / 12.0, -1 / 360.0, 1 / 1260.0, -1 / 1680.0, 1 / 1188.0, -691 / 360360.0, 1 / 156.0
    };

    /** The coefficients of −1/x², −1/x⁴, −1/x⁶ ... in ψ(x). */
    private static final double[] DIGAMMA = {
        1 / 12.0, -1 / 120.0, 1 / 252.0, -1 / 240.0, 1 / 132.0, -691 / 32760.0, 1 / 12.0
    };

    private static final double[] LOG_FACTORIALS = logFactorials(256);

    private GammaFunctions() {}

    private static double[] logFactorials(int length) {
        double[] table = new double[length];
        for (int x = 2; x < length; x++) {
            table[x] = table[x - 1] + StrictMath.log(x);
        }
        return table;
    }

    private static double polynomial(double[] coefficients, double x) {
        double sum = 0;
        for (int k = coefficients.length - 1; k >= 0; k--) {
            sum = sum * x + coefficients[k];
        }
        return sum;
    }

    /** Returns log x! with a relative error of about 1e-15. {@code x}: a whole number, not negative. */
    public static double logFactorial(double x) {
        return x < LOG_FACTORIALS.length ? LOG_FACTORIALS[(int) x] : logGamma(x + 1);
    }

    /**
     * Returns log Γ(x) by Stirling's series (Abramowitz &amp; Stegun 6.1.41), below {@link #LARGE} after the recurrence
     * Γ(x) = Γ(x + 1) / x. The error is about 1e-15 of the larger of 1 and log Γ(x).
     *
     * @param x above 0
     */
    public static double logGamma(double x) {
        double y = x;
        double product = 1;
        while (y < LARGE) {
            product *= y;
            y++;
        }
        double series = polynomial(LOG_GAMMA, 1 / (y * y));
        double logarithm = (y - 0.5) * StrictMath.log(y) - y + HALF_LOG_TWO_PI + series / y;
        return product == 1 ? logarithm : logarithm - StrictMath.log(product);
    }

    /**
     * Returns log Γ(x + step) − log Γ(x). For a large x, the terms of Stirling's series that would cancel are combined
     * first.
     *
     * @param x above 0
     * @param step not negative
     */
    public static double logGammaRatio(double x, double step) {
        if (x < LARGE) {
            return logGamma(x + step) - logGamma(x);
        }
        double y = x + step;
        double series = polynomial(LOG_GAMMA, 1 / (y * y)) / y - polynomial(LOG_GAMMA, 1 / (x * x)) / x;
        return (x - 0.5) * StrictMath.log1p(step / x) + step * (StrictMath.log(y) - 1) + series;
    }

    /**
     * Returns ψ(x) = d log Γ(x) / dx by its series (Abramowitz &amp; Stegun 6.3.18), below {@link #LARGE} after the
     * recurrence ψ(x) = ψ(x + 1) − 1 / x.
     *
     * @param x above 0
     */
    public static double digamma(double x) {
        double y = x;
        double sum = 0;
        while (y < LARGE) {
            sum += 1 / y;
            y++;
        }
        double square = 1 / (y * y);
        return StrictMath.log(y) - 0.5 / y - square * polynomial(DIGAMMA, square) - sum;
    }
}
