package io.github.sparklatent.gmm.initialization;

import io.github.sparklatent.gmm.model.Responsibilities;
import org.ejml.data.DMatrixRMaj;

/**
 * Responsibilities of 1 for the nearest centre and 0 for the others. Minus the squared distance takes the place of the
 * log-likelihood.
 *
 * @param centres k × d. Not to be modified.
 */
public record NearestCentre(DMatrixRMaj centres) implements Responsibilities {
    @Override
    public int components() {
        return centres.numRows;
    }

    @Override
    public Assigner assigner() {
        CentreSearch search = new CentreSearch(centres);
        return (block, responsibilities, negatedDistances) -> {
            search.search(block.rows());
            int n = block.size();
            responsibilities.reshape(centres.numRows, n);
            responsibilities.zero();
            for (int i = 0; i < n; i++) {
                negatedDistances[i] = -search.squaredDistance(i);
                responsibilities.data[search.nearest(i) * n + i] = 1;
            }
        };
    }
}
