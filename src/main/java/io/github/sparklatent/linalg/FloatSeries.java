package io.github.sparklatent.linalg;

/**
 * The numbers behind {@link FloatFunctions}: polynomials fitted by interpolation at Chebyshev's
 * nodes, to 2⁻³⁰ of eʳ and 2⁻³⁰ of log(1 + f), and how a float is laid out.
 */
final class FloatSeries {
    /** 1 / log 2. */
    static final float LOG2E = 1.4426950216293335f;

    /**
     * log 2 in two parts; the first has so few bits that its multiples by an exponent are exact.
     */
    static final float LN2_HIGH = 0.693145751953125f;

    static final float LN2_LOW = 1.428606765330187e-06f;

    /** Added to a small number it rounds to an integer, which then stands in the lowest bits. */
    static final float INTEGERS = 0x1.8p23f;

    /** A number whose lowest bit counts 1 and whose mantissa is empty. */
    static final float EXPONENT = 0x1p23f;

    /** Bits of a mantissa. */
    static final int MANTISSA = 23;

    /** Of the exponent in the bits of a number. */
    static final int BIAS = 127;

    static final int ONE_BITS = 0x3f800000;
    static final int SIGN_BIT = 0x80000000;
    static final int MANTISSA_BITS = 0x007fffff;

    /** Of √½. */
    static final int ROOT_BITS = 0x3f3504f3;

    /** From here on eˣ is infinite. */
    static final float OVERFLOW = 89f;

    /** Up to here eˣ is 0. */
    static final float UNDERFLOW = -104f;

    /** From here on tanh x is 1. */
    static final float FLAT = 10f;

    /** √2 − 1: up to here 1 + z needs no halving before its logarithm. */
    static final float SPLIT = 0.41421357f;

    /** Makes a subnormal number a normal one: 2 to the power of SHIFT. */
    static final float NORMALIZER = 0x1p25f;

    static final float SHIFT = 25f;

    static final float EXP_5 = 0.00019891078409273177f;
    static final float EXP_4 = 0.00139337289147079f;
    static final float EXP_3 = 0.00833331048488617f;
    static final float EXP_2 = 0.041666463017463684f;
    static final float EXP_1 = 0.1666666716337204f;
    static final float EXP_0 = 0.5f;

    static final float LOG_3 = 0.23330964148044586f;
    static final float LOG_2 = 0.28550803661346436f;
    static final float LOG_1 = 0.4000012278556824f;
    static final float LOG_0 = 0.6666666865348816f;

    private FloatSeries() {}

    /** (eʳ − 1 − r) / r² for |r| ≤ log 2 / 2. */
    static float exp(float r) {
        float sum = Math.fma(EXP_5, r, EXP_4);
        sum = Math.fma(sum, r, EXP_3);
        sum = Math.fma(sum, r, EXP_2);
        sum = Math.fma(sum, r, EXP_1);
        return Math.fma(sum, r, EXP_0);
    }

    /** (log((1 + s) / (1 − s)) − 2 s) / (s z), z = s² ≤ (√2 − 1)² / (√2 + 1)². */
    static float log(float z) {
        float sum = Math.fma(LOG_3, z, LOG_2);
        sum = Math.fma(sum, z, LOG_1);
        return Math.fma(sum, z, LOG_0);
    }
}
