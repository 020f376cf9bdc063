package io.github.sparklatent.vae;

import io.github.sparklatent.gmm.MixtureDensity;
import io.github.sparklatent.gmm.MixtureFactors;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The responsibilities of a mixture of codes, as the encoder gave these when the mixture was
 * fitted.
 *
 * @param encoder as it was
 * @param factors of the mixture
 */
record HandOverTeacher(HandOverEncoder encoder, MixtureFactors factors) implements Teacher {
    @Override
    public Worker worker(int maxRows) {
        HandOverEncoder.Task task = encoder.task(maxRows);
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
