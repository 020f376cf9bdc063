package io.github.sparklatent.gmm.em;

import io.github.sparklatent.gmm.model.BlockDensities;
import io.github.sparklatent.gmm.model.MixtureFactors;
import io.github.sparklatent.learn.em.RowScore;
import io.github.sparklatent.linalg.LogSumExp;
import org.ejml.data.DMatrixRMaj;

/**
 * Scores rows by their contribution to the log-likelihood, relative to a typical row. Components
 * are re-initialised at the rows with the smallest score. The score of a row of weight w is w (log
 * p(x) − r), where r is the log density of a typical row: a row of weight w counts as much as w
 * rows of weight 1.
 *
 * @param factors mixture with factorised covariances
 * @param typical r, the mean log-likelihood of the rows
 */
record WorstExplained(MixtureFactors factors, double typical) implements RowScore {
    @Override
    public Scorer scorer() {
        BlockDensities densities = factors.densities();
        DMatrixRMaj joint = new DMatrixRMaj(0, 0);
        return (block, scores) -> {
            densities.apply(block, joint);
            LogSumExp.normalizeColumns(joint, scores);
            for (int i = 0; i < block.size(); i++) {
                scores[i] = block.weight(i) * (scores[i] - typical);
            }
        };
    }
}
