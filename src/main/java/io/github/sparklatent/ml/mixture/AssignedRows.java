package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.gmm.model.MixtureDensity;
import io.github.sparklatent.gmm.model.MixtureFactors;
import io.github.sparklatent.learn.em.Expectation;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.Rows;

/**
 * Assigns each row to its most probable component. Computes the total weight of the rows assigned
 * to each component, k numbers.
 *
 * @param factors factors of the mixture
 * @param components k, the number of components
 */
record AssignedRows(MixtureFactors factors, int components) implements Expectation {
    @Override
    public int length() {
        return components;
    }

    @Override
    public Accumulator accumulator() {
        MixtureDensity density = new MixtureDensity(factors);
        double[] sums = new double[components];
        return new Accumulator() {
            @Override
            public void add(Block block) {
                density.evaluate(block.rows());
                for (int i = 0; i < block.size(); i++) {
                    sums[Rows.argMax(density.responsibilities(), i)] += block.weight(i);
                }
            }

            @Override
            public double[] statistics() {
                return sums;
            }
        };
    }
}
