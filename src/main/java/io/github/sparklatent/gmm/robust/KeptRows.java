package io.github.sparklatent.gmm.robust;

import io.github.sparklatent.gmm.model.BlockDensities;
import io.github.sparklatent.gmm.model.Posterior;
import io.github.sparklatent.gmm.model.Responsibilities;
import io.github.sparklatent.linalg.Block;
import org.ejml.data.DMatrixRMaj;

/**
 * The posterior of the rows whose density reaches a threshold. The other rows have no
 * responsibilities and a log-likelihood of 0, so that they add nothing to any sum but the total
 * weight.
 *
 * @param posterior posterior of all rows
 * @param threshold lowest density of the rows that are kept
 */
record KeptRows(Posterior posterior, DensityThreshold threshold) implements Responsibilities {
    @Override
    public int components() {
        return posterior.components();
    }

    @Override
    public Assigner assigner() {
        return kept(posterior.assigner());
    }

    @Override
    public Assigner assigner(BlockDensities densities) {
        return kept(posterior.assigner(densities));
    }

    private Assigner kept(Assigner all) {
        return (block, responsibilities, logLikelihoods) -> {
            all.assign(block, responsibilities, logLikelihoods);
            leaveOut(block, responsibilities, logLikelihoods);
        };
    }

    private void leaveOut(Block block, DMatrixRMaj responsibilities, double[] logLikelihoods) {
        int n = block.size();
        for (int i = 0; i < n; i++) {
            if (!threshold.keeps(logLikelihoods[i])) {
                logLikelihoods[i] = 0;
                for (int k = 0; k < responsibilities.numRows; k++) {
                    responsibilities.data[k * n + i] = 0;
                }
            }
        }
    }
}
