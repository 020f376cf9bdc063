package io.github.sparklatent.gmm.model;

import io.github.sparklatent.linalg.Products;
import io.github.sparklatent.linalg.Rows;
import org.ejml.data.DMatrixRMaj;

/**
 * Log densities of components with a tied covariance. The rows are whitened once for all components. With z = (x −
 * origin) U and m_k = (μ_k − origin) U:
 *
 * <pre>
 *   c_k − ½ |z − m_k|²  =  (c_k − ½ |m_k|²) + z m_kᵀ − ½ |z|²
 * </pre>
 */
final class TiedLogDensities implements LogDensities {
    private final DMatrixRMaj origin;
    private final DMatrixRMaj whitening;
    private final DMatrixRMaj whitenedMeans;
    private final double[] shiftedConstants;
    private final Products products = new Products();
    private final DMatrixRMaj centred = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj whitened = new DMatrixRMaj(0, 0);

    /**
     * Creates the densities of all components.
     *
     * @param whitenedMeans m, k × d. Not modified.
     * @param constants c. Not modified.
     */
    TiedLogDensities(DMatrixRMaj origin, DMatrixRMaj whitening, DMatrixRMaj whitenedMeans, double[] constants) {
        this.origin = origin;
        this.whitening = whitening;
        this.whitenedMeans = whitenedMeans;
        this.shiftedConstants = constants.clone();
        for (int k = 0; k < constants.length; k++) {
            shiftedConstants[k] -= 0.5 * Rows.squaredNorm(whitenedMeans, k);
        }
    }

    @Override
    public void apply(DMatrixRMaj x, DMatrixRMaj out) {
        int n = x.numRows;
        Rows.subtract(x, origin, 0, centred);
        products.multiplyUpper(centred, whitening, whitened);
        out.reshape(shiftedConstants.length, n);
        for (int i = 0; i < n; i++) {
            out.data[i] = 0.5 * Rows.squaredNorm(whitened, i);
        }
        for (int k = shiftedConstants.length - 1; k >= 0; k--) {
            for (int i = 0; i < n; i++) {
                out.data[k * n + i] = shiftedConstants[k] - out.data[i];
            }
        }
        products.addOuter(whitenedMeans, whitened, out);
    }
}
