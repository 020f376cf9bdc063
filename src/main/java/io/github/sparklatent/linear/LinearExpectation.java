package io.github.sparklatent.linear;

import io.github.sparklatent.learn.em.Expectation;
import io.github.sparklatent.linalg.Block;

/**
 * The E-step of a linear Gaussian model.
 *
 * @param model model that gives the expectations
 */
record LinearExpectation(LinearGaussian model) implements Expectation {
    @Override
    public int length() {
        return LinearSums.length(model.dimension(), model.latent());
    }

    @Override
    public Accumulator accumulator() {
        LinearSums sums = new LinearSums(model);
        return new Accumulator() {
            @Override
            public void add(Block block) {
                sums.add(block);
            }

            @Override
            public double[] statistics() {
                double[] all = new double[length()];
                sums.write(all, 0);
                return all;
            }
        };
    }
}
