package io.github.sparklatent.nn.likelihood;

import java.util.random.RandomGenerator;

/** Draws from gamma distributions of scale 1 (Marsaglia and Tsang 2000, p. 369 and 371). */
final class GammaSampler {
    private GammaSampler() {}

    /** Draws a number. {@code shape}: shape of the distribution, above 0. */
    static double draw(double shape, RandomGenerator random) {
        if (shape < 1) { // p. 371: a larger shape, times a power of a uniform number
            double u = 1 - random.nextDouble();
            return draw(shape + 1, random) * StrictMath.exp(StrictMath.log(u) / shape);
        }
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = random.nextGaussian();
            double root = 1 + c * x;
            double v = root * root * root;
            double u = 1 - random.nextDouble();
            if (v > 0 && StrictMath.log(u) < 0.5 * x * x + d - d * v + d * StrictMath.log(v)) {
                return d * v;
            }
        }
    }
}
