package io.github.sparklatent.nn.likelihood;

import java.util.random.RandomGenerator;

/**
 * The straight-through Gumbel-softmax estimator (Jang, Gu and Poole, Categorical Reparameterization with
 * Gumbel-Softmax, ICLR 2017). With Gumbel noise g_j, the category with the largest a_j + g_j is a draw of softmax(a).
 * Its derivative is taken to be the derivative of softmax((a + g) / τ). A binary column is the case of two categories,
 * whose difference of noise is logistic.
 */
final class StraightThrough {
    /** The temperature τ. The derivative is less biased, but varies more, the smaller it is. */
    static final float TEMPERATURE = 0.5f;

    private static final double LEAST = 0x1.0p-53;

    private StraightThrough() {}

    /** Draws from the standard Gumbel distribution. */
    static double gumbel(RandomGenerator random) {
        return -StrictMath.log(-StrictMath.log(uniform(random)));
    }

    /** Draws from the standard logistic distribution. */
    static double logistic(RandomGenerator random) {
        double u = uniform(random);
        return StrictMath.log(u) - StrictMath.log1p(-u);
    }

    private static double uniform(RandomGenerator random) {
        return Math.max(random.nextDouble(), LEAST);
    }
}
