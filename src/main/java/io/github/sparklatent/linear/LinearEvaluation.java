package io.github.sparklatent.linear;

import io.github.sparklatent.learn.em.Expectation;

/**
 * The sums of an evaluation: Σ w log p(x), Σ w.
 *
 * @param model model that gives the densities
 */
public record LinearEvaluation(LinearGaussian model) implements Expectation {
    /** Index of Σ w log p(x). */
    public static final int LOG_LIKELIHOOD = 0;

    /** Index of Σ w. */
    public static final int WEIGHT = 1;

    @Override
    public int length() {
        return WEIGHT + 1;
    }

    @Override
    public Accumulator accumulator() {
        LinearPosterior posterior = new LinearPosterior(model);
        double[] sums = new double[length()];
        return Accumulator.of(sums, block -> {
            posterior.evaluate(block);
            for (int i = 0; i < block.size(); i++) {
                sums[LOG_LIKELIHOOD] += block.weight(i) * posterior.logDensity(i);
                sums[WEIGHT] += block.weight(i);
            }
        });
    }
}
