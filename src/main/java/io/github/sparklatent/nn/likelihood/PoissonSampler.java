package io.github.sparklatent.nn.likelihood;

import io.github.sparklatent.linalg.GammaFunctions;
import java.util.random.RandomGenerator;

/** Draws from Poisson distributions. */
final class PoissonSampler {
    /** Rate from which rejection is faster; its constants are valid from 10 on. */
    private static final double LARGE = 10;

    /** Rate beyond which a float does not resolve a standard deviation. */
    private static final double BEYOND = 1e15;

    private PoissonSampler() {}

    /** Draws a count. {@code rate}: mean of the distribution; returned itself if it is above 1e15 or NaN. */
    static double draw(double rate, RandomGenerator random) {
        if (!(rate < BEYOND)) {
            return rate;
        }
        return rate < LARGE ? inversion(rate, random) : rejection(rate, random);
    }

    /** Inverts the distribution function, term by term. */
    private static double inversion(double rate, RandomGenerator random) {
        double probability = StrictMath.exp(-rate);
        double left = random.nextDouble();
        int count = 0;
        while (left >= probability && count < 1000) { // the terms end where doubles do
            left -= probability;
            count++;
            probability *= rate / count;
        }
        return count;
    }

    /** Runs algorithm PTRS of Hörmann 1993, "The transformed rejection method", p. 42. */
    private static double rejection(double rate, RandomGenerator random) {
        double b = 0.931 + 2.53 * Math.sqrt(rate);
        double a = -0.059 + 0.02483 * b;
        double inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
        double accepted = 0.9277 - 3.6224 / (b - 2);
        double logRate = StrictMath.log(rate);
        while (true) {
            double u = random.nextDouble() - 0.5;
            double v = random.nextDouble();
            double us = 0.5 - Math.abs(u);
            double count = Math.floor((2 * a / us + b) * u + rate + 0.43);
            if (us >= 0.07 && v <= accepted) {
                return count;
            }
            boolean outside = count < 0 || us < 0.013 && v > us;
            if (!outside
                    && StrictMath.log(v * inverseAlpha / (a / (us * us) + b))
                            <= count * logRate - rate - GammaFunctions.logFactorial(count)) {
                return count;
            }
        }
    }
}
