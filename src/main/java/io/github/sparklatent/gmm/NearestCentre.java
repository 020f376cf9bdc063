package io.github.sparklatent.gmm;

import io.github.sparklatent.linalg.Rows;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * r_nk = 1 for the nearest centre, 0 for the others; in the place of the log-likelihood, minus the
 * squared distance.
 *
 * @param centres k × d. Not to be modified.
 */
record NearestCentre(DMatrixRMaj centres) implements Responsibilities {
    @Override
    public int components() {
        return centres.numRows;
    }

    @Override
    public Assigner assigner() {
        LogDensities distances = SquaredDistances.halvedAndNegated(centres);
        return (block, responsibilities, negatedDistances) -> {
            distances.apply(block.rows(), responsibilities);
            int k = centres.numRows;
            for (int i = 0; i < block.size(); i++) {
                int nearest = Rows.argMax(responsibilities, i);
                negatedDistances[i] = 2 * responsibilities.data[i * k + nearest];
                Arrays.fill(responsibilities.data, i * k, (i + 1) * k, 0);
                responsibilities.data[i * k + nearest] = 1;
            }
        };
    }
}
