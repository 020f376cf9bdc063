package io.github.sparklatent.inference;

import java.util.random.RandomGenerator;

/** Draws rows given the parameters. A {@link BayesianModel} that can do so implements it, too. */
public interface RowSampler {
    /**
     * Draws a row of p(x | θ).
     *
     * @param theta p unconstrained parameters. Not modified.
     * @param random the only source of randomness
     * @param row d numbers. Overwritten.
     */
    void sample(double[] theta, RandomGenerator random, double[] row);
}
