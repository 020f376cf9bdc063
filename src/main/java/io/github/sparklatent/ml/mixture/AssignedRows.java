package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.learn.em.Expectation;
import io.github.sparklatent.mixture.MixedDensity;
import io.github.sparklatent.mixture.Responsibilities;
import org.ejml.data.DMatrixRMaj;

/**
 * Assigns each row to its most probable component. Computes the total weight of the rows assigned to each component, k
 * numbers.
 *
 * @param responsibilities posterior of the mixture
 */
record AssignedRows(MixedDensity responsibilities) implements Expectation {
    @Override
    public Accumulator accumulator() {
        Responsibilities.Assigner assigner = responsibilities.assigner();
        DMatrixRMaj byComponent = new DMatrixRMaj(0, 0);
        double[] sums = new double[responsibilities.components()];
        return Accumulator.of(sums, block -> {
            assigner.assign(block, byComponent, new double[block.size()]);
            for (int i = 0; i < block.size(); i++) {
                int best = 0;
                for (int k = 1; k < sums.length; k++) {
                    best = byComponent.get(k, i) > byComponent.get(best, i) ? k : best;
                }
                sums[best] += block.weight(i);
            }
        });
    }
}
