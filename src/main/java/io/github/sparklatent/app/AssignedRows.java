package io.github.sparklatent.app;

import io.github.sparklatent.gmm.MixtureDensity;
import io.github.sparklatent.gmm.MixtureFactors;
import io.github.sparklatent.learn.Expectation;
import io.github.sparklatent.linalg.Block;
import org.ejml.data.DMatrixRMaj;

/**
 * The weight of the rows that belong to each component more than to any other.
 *
 * @param factors of the mixture
 * @param components k
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
                    sums[greatest(density.responsibilities(), i)] += block.weight(i);
                }
            }

            @Override
            public double[] statistics() {
                return sums;
            }
        };
    }

    /** The column of the greatest entry of a row, the first of equal ones. */
    static int greatest(DMatrixRMaj matrix, int row) {
        int greatest = 0;
        for (int k = 1; k < matrix.numCols; k++) {
            if (matrix.unsafe_get(row, k) > matrix.unsafe_get(row, greatest)) {
                greatest = k;
            }
        }
        return greatest;
    }
}
