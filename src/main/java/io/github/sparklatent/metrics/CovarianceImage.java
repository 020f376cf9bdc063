package io.github.sparklatent.metrics;

import io.github.sparklatent.learn.averaging.PartitionRows;
import io.github.sparklatent.learn.averaging.PartitionWork;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.linalg.Products;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Computes Σ_i w_i (x_i − μ) (x_i − μ)ᵀ Q: the covariance times Q up to a factor, without forming
 * the covariance.
 *
 * @param mean μ, d numbers
 * @param basis Q, d × k
 */
record CovarianceImage(double[] mean, DMatrixRMaj basis) implements PartitionWork {
    private static final int BATCH = 128;

    /** Runs one job over the rows and returns the image, d × k. */
    static DMatrixRMaj of(Shards rows, double[] mean, DMatrixRMaj basis, String description) {
        double[] sums = rows.run(description, new CovarianceImage(mean, basis)).sums();
        return DMatrixRMaj.wrap(basis.numRows, basis.numCols, sums);
    }

    @Override
    public int length() {
        return 0;
    }

    @Override
    public int sums() {
        return basis.getNumElements();
    }

    @Override
    public PartitionResult run(int partition, PartitionRows rows) {
        Products products = new Products();
        DMatrixRMaj image = new DMatrixRMaj(basis.numRows, basis.numCols);
        DMatrixRMaj centred = new DMatrixRMaj(0, 0);
        DMatrixRMaj within = new DMatrixRMaj(0, 0);
        rows.forEachBatch(
                BATCH,
                (batch, weights) -> {
                    PrincipalComponents.centre(batch, mean, centred);
                    within.reshape(batch.numRows, basis.numCols);
                    CommonOps_DDRM.fill(within, 0);
                    products.addProduct(centred, basis, within);
                    for (int i = 0; i < within.getNumElements(); i++) {
                        within.data[i] *= weights[i / within.numCols];
                    }
                    products.addTransposed(centred, within, image);
                });
        return new PartitionResult(rows.weight(), new float[0], image.data);
    }
}
