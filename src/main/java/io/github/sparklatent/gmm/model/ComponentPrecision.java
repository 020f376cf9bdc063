package io.github.sparklatent.gmm.model;

import io.github.sparklatent.linalg.Cholesky;
import io.github.sparklatent.linalg.Products;
import io.github.sparklatent.linear.LinearGaussian;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The inverse P of the covariance that one component has in some of the columns, in the form that suits the type of
 * covariance.
 *
 * <pre>
 *   P = U Uᵀ               full, tied: U = L⁻ᵀ, Σ = L Lᵀ
 *   P = diag(a) − B Bᵀ     factor, ppca: a = 1 / ψ, B = Ψ⁻¹ W M^-½, M = I + Wᵀ Ψ⁻¹ W
 *   P = diag(a)            diagonal, spherical: a = 1 / σ²
 * </pre>
 *
 * <p>Source of the second form: Woodbury's identity (Bishop 2006, eq. C.7).
 *
 * @param root U, m × m; null if P has another form
 * @param scales a, m numbers; null if P = U Uᵀ
 * @param reduction B, m × l; null if there is none
 */
record ComponentPrecision(DMatrixRMaj root, double[] scales, DMatrixRMaj reduction) {
    /**
     * Inverts the covariance of a component in some of the columns.
     *
     * @param columns m indices, ascending, at least one. Not modified.
     * @throws IllegalArgumentException if the covariance is not positive definite
     */
    static ComponentPrecision of(MixtureParameters mixture, int component, int[] columns) {
        return switch (mixture.type()) {
            case FULL, TIED -> dense(mixture, component, columns);
            case DIAGONAL, SPHERICAL -> {
                double[] scales = new double[columns.length];
                Arrays.setAll(scales, j -> 1 / mixture.variance(component, columns[j]));
                yield new ComponentPrecision(null, scales, null);
            }
            case FACTOR, PPCA -> factored(mixture.linear(component), columns);
        };
    }

    private static ComponentPrecision dense(MixtureParameters mixture, int component, int[] columns) {
        DMatrixRMaj all = mixture.covariances().get(mixture.type() == CovarianceType.FULL ? component : 0);
        DMatrixRMaj covariance = new DMatrixRMaj(columns.length, columns.length);
        CommonOps_DDRM.extract(all, columns, columns.length, columns, columns.length, covariance);
        Cholesky factor = Cholesky.of(covariance)
                .orElseThrow(() -> new IllegalArgumentException(
                        "the covariance of component " + component + " is not positive definite"));
        return new ComponentPrecision(factor.whitening(), null, null);
    }

    private static ComponentPrecision factored(LinearGaussian model, int[] columns) {
        int l = model.latent();
        double[] scales = new double[columns.length];
        DMatrixRMaj white = new DMatrixRMaj(columns.length, l); // Ψ^-½ W
        for (int j = 0; j < columns.length; j++) {
            scales[j] = 1 / model.noise(columns[j]);
            for (int i = 0; i < l; i++) {
                white.set(j, i, model.loadings().get(columns[j], i) * Math.sqrt(scales[j]));
            }
        }
        DMatrixRMaj inner = CommonOps_DDRM.identity(l);
        CommonOps_DDRM.multAddTransA(white, white, inner);
        DMatrixRMaj reduction = new DMatrixRMaj(columns.length, l);
        CommonOps_DDRM.mult(white, Cholesky.of(inner).orElseThrow().whitening(), reduction);
        for (int j = 0; j < columns.length; j++) {
            for (int i = 0; i < l; i++) {
                reduction.set(j, i, reduction.get(j, i) * Math.sqrt(scales[j]));
            }
        }
        return new ComponentPrecision(null, scales, reduction);
    }

    /**
     * Returns an upper triangular U with U Uᵀ = (P_cc)⁻¹, the covariance of some columns given the others.
     *
     * @param places c, positions among the columns. Not modified.
     */
    DMatrixRMaj conditionalRoot(int[] places) {
        int g = places.length;
        DMatrixRMaj block = new DMatrixRMaj(g, g);
        for (int a = 0; a < g; a++) {
            for (int b = 0; b < g; b++) {
                block.set(a, b, entry(places[a], places[b]));
            }
        }
        return Cholesky.of(block)
                .orElseThrow(() -> new IllegalArgumentException(
                        "the precision of %d columns is not positive definite".formatted(g)))
                .whitening();
    }

    private double entry(int i, int j) {
        if (root != null) {
            return dot(root, i, j);
        }
        double scale = i == j ? scales[i] : 0;
        return reduction == null ? scale : scale - dot(reduction, i, j);
    }

    private static double dot(DMatrixRMaj matrix, int i, int j) {
        double sum = 0;
        for (int l = 0; l < matrix.numCols; l++) {
            sum = Math.fma(matrix.unsafe_get(i, l), matrix.unsafe_get(j, l), sum);
        }
        return sum;
    }

    /**
     * Computes Y P.
     *
     * @param centred Y, n × m: rows minus the mean. Not modified.
     * @param out n × m; its shape is set. Modified.
     */
    void multiply(DMatrixRMaj centred, Products products, DMatrixRMaj out) {
        out.reshape(centred.numRows, centred.numCols);
        out.zero();
        DMatrixRMaj factor = root != null ? root : reduction;
        if (factor != null) {
            DMatrixRMaj projected = new DMatrixRMaj(centred.numRows, factor.numCols);
            products.addProduct(centred, factor, projected);
            DMatrixRMaj transposed = new DMatrixRMaj(factor.numCols, factor.numRows);
            CommonOps_DDRM.transpose(factor, transposed);
            products.addProduct(projected, transposed, out);
        }
        if (root == null) {
            for (int i = 0; i < out.getNumElements(); i++) {
                out.data[i] = centred.data[i] * scales[i % out.numCols] - out.data[i];
            }
        }
    }
}
