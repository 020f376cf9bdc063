package io.github.sparklatent.gmm.robust;

import io.github.sparklatent.gmm.model.BlockDensities;
import io.github.sparklatent.gmm.model.Posterior;
import io.github.sparklatent.gmm.model.RankedDensities;
import io.github.sparklatent.gmm.model.Responsibilities;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.MissingCells;
import org.ejml.data.DMatrixRMaj;

/**
 * The posterior of selected rows. The other rows have no responsibilities and a log-likelihood of
 * 0, so that they add nothing to any sum but the total weight.
 *
 * @param posterior posterior of all rows
 * @param selection the rows that are kept, by the same mixture or by another one
 * @param typical what a missing value of each column adds to the log-likelihood of its row, d
 *     numbers; empty: nothing. Not to be modified.
 */
record KeptRows(Posterior posterior, Selection selection, double[] typical)
        implements Responsibilities {
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
            if (typical.length > 0 && !block.isComplete()) {
                addTypical(block.missing(), logLikelihoods);
            }
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

    private void addTypical(MissingCells missing, double[] logLikelihoods) {
        int[] rows = missing.incompleteRows();
        for (int place = 0; place < rows.length; place++) {
            for (int j : missing.columnsOf(place)) {
                logLikelihoods[rows[place]] += typical[j];
            }
        }
    }
}
