package io.github.sparklatent.linalg;

/**
 * The numbers behind {@link DoubleFunctions}: polynomials fitted by interpolation at Chebyshev's
 * nodes, to 2⁻⁶¹ of eʳ and 2⁻⁵⁶ of log(1 + f), and how a double is laid out.
 */
final class DoubleSeries {
    /** 1 / log 2. */
    static final double LOG2E = 1.4426950408889634d;

    /**
     * log 2 in two parts; the first has so few bits that its multiples by an exponent are exact.
     */
    static final double LN2_HIGH = 0.6931471805592082d;

    static final double LN2_LOW = 7.371002565167799e-13d;

    /** Added to a small number it rounds to an integer, which then stands in the lowest bits. */
    static final double INTEGERS = 0x1.8p52d;

    /** A number whose lowest bit counts 1 and whose mantissa is empty. */
    static final double EXPONENT = 0x1p52d;

    /** Bits of a mantissa. */
    static final int MANTISSA = 52;

    /** Of the exponent in the bits of a number. */
    static final int BIAS = 1023;

    static final long ONE_BITS = 0x3ff0000000000000L;
    static final long SIGN_BIT = 0x8000000000000000L;
    static final long MANTISSA_BITS = 0x000fffffffffffffL;

    /** Of √½. */
    static final long ROOT_BITS = 0x3fe6a09e667f3bcdL;

    /** From here on eˣ is infinite. */
    static final double OVERFLOW = 710d;

    /** Up to here eˣ is 0. */
    static final double UNDERFLOW = -746d;

    /** From here on tanh x is 1. */
    static final double FLAT = 22d;

    /** √2 − 1: up to here 1 + z needs no halving before its logarithm. */
    static final double SPLIT = 0.41421356237309503d;

    /** Makes a subnormal number a normal one: 2 to the power of SHIFT. */
    static final double NORMALIZER = 0x1p54d;

    static final double SHIFT = 54d;

    static final double EXP_10 = 2.0914753544959484e-09d;
    static final double EXP_9 = 2.5105310235689788e-08d;
    static final double EXP_8 = 2.7557273483005247e-07d;
    static final double EXP_7 = 2.7557255176003713e-06d;
    static final double EXP_6 = 2.4801587325674076e-05d;
    static final double EXP_5 = 0.00019841269874997539d;
    static final double EXP_4 = 0.0013888888888883711d;
    static final double EXP_3 = 0.008333333333326084d;
    static final double EXP_2 = 0.04166666666666667d;
    static final double EXP_1 = 0.1666666666666667d;
    static final double EXP_0 = 0.5d;

    static final double LOG_6 = 0.1461703754879165d;
    static final double LOG_5 = 0.1533167403016786d;
    static final double LOG_4 = 0.18182890556695602d;
    static final double LOG_3 = 0.2222221111514416d;
    static final double LOG_2 = 0.2857142862609589d;
    static final double LOG_1 = 0.3999999999989924d;
    static final double LOG_0 = 0.666666666666667d;

    private DoubleSeries() {}

    /** (eʳ − 1 − r) / r² for |r| ≤ log 2 / 2. */
    static double exp(double r) {
        double sum = Math.fma(EXP_10, r, EXP_9);
        sum = Math.fma(sum, r, EXP_8);
        sum = Math.fma(sum, r, EXP_7);
        sum = Math.fma(sum, r, EXP_6);
        sum = Math.fma(sum, r, EXP_5);
        sum = Math.fma(sum, r, EXP_4);
        sum = Math.fma(sum, r, EXP_3);
        sum = Math.fma(sum, r, EXP_2);
        sum = Math.fma(sum, r, EXP_1);
        return Math.fma(sum, r, EXP_0);
    }

    /** (log((1 + s) / (1 − s)) − 2 s) / (s z), z = s² ≤ (√2 − 1)² / (√2 + 1)². */
    static double log(double z) {
        double sum = Math.fma(LOG_6, z, LOG_5);
        sum = Math.fma(sum, z, LOG_4);
        sum = Math.fma(sum, z, LOG_3);
        sum = Math.fma(sum, z, LOG_2);
        sum = Math.fma(sum, z, LOG_1);
        return Math.fma(sum, z, LOG_0);
    }
}
