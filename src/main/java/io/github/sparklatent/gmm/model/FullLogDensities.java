package io.github.sparklatent.gmm.model;

import io.github.sparklatent.linalg.Products;
import io.github.sparklatent.linalg.Rows;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * Log densities c_k − ½ |(x − μ_k) U_k|² of components with full covariances. The rows are centred before they are
 * whitened, so no digits cancel.
 */
final class FullLogDensities implements LogDensities {
    private final DMatrixRMaj means;
    private final List<DMatrixRMaj> whitenings;
    private final double[] constants;
    private final int[] components;
    private final Products products = new Products();
    private final DMatrixRMaj centred = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj whitened = new DMatrixRMaj(0, 0);

    /**
     * Creates the densities of some components.
     *
     * @param components components whose rows of the result are computed. Not modified.
     */
    FullLogDensities(DMatrixRMaj means, List<DMatrixRMaj> whitenings, double[] constants, int[] components) {
        this.means = means;
        this.whitenings = whitenings;
        this.constants = constants;
        this.components = components;
    }

    @Override
    public void apply(DMatrixRMaj x, DMatrixRMaj out) {
        int n = x.numRows;
        out.reshape(constants.length, n);
        for (int k : components) {
            Rows.subtract(x, means, k, centred);
            products.multiplyUpper(centred, whitenings.get(k), whitened);
            for (int i = 0; i < n; i++) {
                out.data[k * n + i] = constants[k] - 0.5 * Rows.squaredNorm(whitened, i);
            }
        }
    }
}
