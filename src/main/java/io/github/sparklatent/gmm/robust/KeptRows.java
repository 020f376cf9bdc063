package io.github.sparklatent.gmm.robust;

import io.github.sparklatent.gmm.model.BlockDensities;
import io.github.sparklatent.gmm.model.Posterior;
import io.github.sparklatent.gmm.model.Responsibilities;
import io.github.sparklatent.linalg.Block;
import org.ejml.data.DMatrixRMaj;

/**
 * The posterior of selected rows. The other rows have no responsibilities and a log-likelihood of
 * 0, so that they add nothing to any sum but the total weight.
 *
 * @param posterior posterior of all rows
 * @param selection the rows that are kept, by the same mixture or by another one
 */
record KeptRows(Posterior posterior, Selection selection) implements Responsibilities {
    @Override
    public int components() {
        return posterior.components();
    }

    @Override
    public Assigner assigner() {
        return assigner(posterior.factors().densities());
    }

    @Override
    public Assigner assigner(BlockDensities densities) {
        Assigner all = posterior.assigner(densities);
        boolean isOwn = selection.factors() == posterior.factors();
        RankedDensities ranked =
                new RankedDensities(
                        selection.factors(), isOwn ? densities : selection.factors().densities());
        return (block, responsibilities, logLikelihoods) -> {
            all.assign(block, responsibilities, logLikelihoods);
            double[] ranks = isOwn ? ranked.of(block, logLikelihoods) : ranked.of(block);
            leaveOut(block, ranks, responsibilities, logLikelihoods);
        };
    }

    private void leaveOut(
            Block block, double[] ranks, DMatrixRMaj responsibilities, double[] logLikelihoods) {
        int n = block.size();
        for (int i = 0; i < n; i++) {
            if (!selection.threshold().keeps(ranks[i])) {
                logLikelihoods[i] = 0;
                for (int k = 0; k < responsibilities.numRows; k++) {
                    responsibilities.data[k * n + i] = 0;
                }
            }
        }
    }
}
