package io.github.sparklatent.linalg;

import java.math.BigDecimal;
import java.math.MathContext;

/** Elementary functions to some forty digits, relative to the result, for numbers below 1000. */
final class HighPrecision {
    private static final MathContext DIGITS = new MathContext(60);
    private static final int TERMS = 40;
    private static final int HALVINGS = 14;

    private HighPrecision() {}

    static BigDecimal exp(double x) {
        BigDecimal great = expm1(Math.abs(x)).add(BigDecimal.ONE);
        return x < 0 ? BigDecimal.ONE.divide(great, DIGITS) : great;
    }

    static BigDecimal log(double x) {
        double guess = StrictMath.log(x);
        return corrected(guess, new BigDecimal(x).multiply(exp(-guess)).subtract(BigDecimal.ONE));
    }

    static BigDecimal tanh(double x) {
        BigDecimal e = expm1(2 * x);
        return e.divide(e.add(BigDecimal.valueOf(2)), DIGITS);
    }

    static BigDecimal sigmoid(double x) {
        return BigDecimal.ONE.divide(BigDecimal.ONE.add(exp(-x)), DIGITS);
    }

    static BigDecimal softplus(double x) {
        BigDecimal z = exp(x);
        if (x < -30) {
            // The fourth term of the series is below 10⁻³⁹ of the first.
            BigDecimal square = z.multiply(z, DIGITS);
            return z.subtract(square.divide(BigDecimal.valueOf(2), DIGITS))
                    .add(square.multiply(z).divide(BigDecimal.valueOf(3), DIGITS))
                    .round(DIGITS);
        }
        double guess = Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
        BigDecimal sum = z.add(BigDecimal.ONE);
        return corrected(guess, sum.multiply(exp(-guess)).subtract(BigDecimal.ONE));
    }

    /** The guess and log(1 + e), e being of the order of 10⁻¹³ at most: the error is e⁴ / 4. */
    private static BigDecimal corrected(double guess, BigDecimal e) {
        BigDecimal square = e.multiply(e, DIGITS);
        return new BigDecimal(guess)
                .add(e)
                .subtract(square.divide(BigDecimal.valueOf(2), DIGITS))
                .add(square.multiply(e).divide(BigDecimal.valueOf(3), DIGITS));
    }

    /** e^t − 1 by the series for t = x / 2^h and (1 + e)² − 1 = e (2 + e), h times. */
    private static BigDecimal expm1(double x) {
        BigDecimal t = new BigDecimal(x).divide(BigDecimal.valueOf(2).pow(HALVINGS), DIGITS);
        BigDecimal term = t;
        BigDecimal e = t;
        for (int i = 2; i < TERMS && term.signum() != 0; i++) {
            term = term.multiply(t).divide(BigDecimal.valueOf(i), DIGITS);
            e = e.add(term, DIGITS);
        }
        for (int i = 0; i < HALVINGS; i++) {
            e = e.multiply(e.add(BigDecimal.valueOf(2)), DIGITS);
        }
        return e;
    }

    /** Distance of a result from the truth in units of the truth's last place. */
    static double ulps(double found, BigDecimal truth, double unit) {
        return new BigDecimal(found).subtract(truth).abs().doubleValue() / unit;
    }
}
