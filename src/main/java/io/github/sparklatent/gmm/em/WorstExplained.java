package io.github.sparklatent.gmm.em;

import io.github.sparklatent.gmm.model.LogDensities;
import io.github.sparklatent.gmm.model.MixtureFactors;
import io.github.sparklatent.learn.em.RowScore;
import io.github.sparklatent.linalg.LogSumExp;
import org.ejml.data.DMatrixRMaj;

/**
 * Scores rows by their log density under a mixture; the rows with the smallest score are
 * re-initialised at.
 *
 * @param factors factors of the mixture
 */
record WorstExplained(MixtureFactors factors) implements RowScore {
    @Override
    public Scorer scorer() {
        LogDensities densities = factors.densities();
        DMatrixRMaj joint = new DMatrixRMaj(0, 0);
        return (block, scores) -> {
            densities.apply(block.rows(), joint);
            LogSumExp.normalizeColumns(joint, scores);
        };
    }
}
