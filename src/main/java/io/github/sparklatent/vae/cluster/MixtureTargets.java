package io.github.sparklatent.vae.cluster;

import io.github.sparklatent.gmm.model.MixtureDensity;
import io.github.sparklatent.gmm.model.MixtureFactors;
import io.github.sparklatent.vae.objective.SoftTargets;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Soft targets: the responsibilities of a mixture of codes, by the encoder whose codes the mixture
 * was fitted to.
 *
 * @param encoder encoder that computes the codes
 * @param factors mixture with factorised covariances
 */
record MixtureTargets(CodeEncoder encoder, MixtureFactors factors) implements SoftTargets {
    @Override
    public Worker worker(int maxRows) {
        CodeEncoder.Task task = encoder.task(maxRows);
        MixtureDensity density = new MixtureDensity(factors);
        DMatrixRMaj byComponent = new DMatrixRMaj(0, 0);
        return rows -> {
            density.evaluate(task.encode(rows));
            DMatrixRMaj byRow = density.responsibilities();
            byComponent.reshape(byRow.numCols, byRow.numRows);
            return CommonOps_DDRM.transpose(byRow, byComponent);
        };
    }
}
