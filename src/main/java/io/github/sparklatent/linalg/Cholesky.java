package io.github.sparklatent.linalg;

import java.util.Arrays;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.decomposition.chol.CholeskyDecompositionInner_DDRM;

/** The Cholesky factor L of a covariance Σ = L Lᵀ, which gives the whitening matrix and the log determinant. */
public final class Cholesky {
    private static final double UNIT_ROUNDOFF = Math.ulp(1.0) / 2;

    private final DMatrixRMaj lower;

    private Cholesky(DMatrixRMaj lower) {
        this.lower = lower;
    }

    /**
     * Factorises a symmetric matrix.
     *
     * <p>A pivot counts as positive if it exceeds d u Σ_ii, where u is the unit round-off. A smaller pivot consists of
     * rounding errors of the terms that cancelled in it (Higham, Accuracy and Stability of Numerical Algorithms,
     * theorem 10.3).
     *
     * @param covariance d × d. Not modified.
     * @return empty if the matrix is not positive definite to working precision
     */
    public static Optional<Cholesky> of(DMatrixRMaj covariance) {
        var decomposition = new CholeskyDecompositionInner_DDRM(true);
        if (!decomposition.decompose(covariance.copy())) {
            return Optional.empty();
        }
        DMatrixRMaj lower = decomposition.getT(null);
        int d = covariance.numRows;
        for (int i = 0; i < d; i++) {
            double pivot = lower.unsafe_get(i, i) * lower.unsafe_get(i, i);
            if (!(pivot > d * UNIT_ROUNDOFF * covariance.unsafe_get(i, i)) || !Double.isFinite(pivot)) {
                return Optional.empty();
            }
        }
        return Optional.of(new Cholesky(lower));
    }

    /** Returns L, d × d with zeros above the diagonal. Not to be modified. */
    public DMatrixRMaj lower() {
        return lower;
    }

    /** Returns a new matrix L⁻ᵀ, d × d, upper triangular. The covariance of (x − μ) L⁻ᵀ is the identity. */
    public DMatrixRMaj whitening() {
        int d = lower.numRows;
        DMatrixRMaj inverse = new DMatrixRMaj(d, d);
        double[] row = new double[d];
        for (int i = 0; i < d; i++) {
            // Rows are added to rows. EJML's triangular solver runs down the columns, which took
            // 40%
            // of the driver's time in a round of 16 components in 128 columns.
            Arrays.fill(row, 0, i, 0);
            for (int k = 0; k < i; k++) {
                double factor = lower.data[i * d + k];
                for (int j = 0; j <= k; j++) {
                    row[j] += factor * inverse.data[k * d + j];
                }
            }
            double pivot = lower.data[i * d + i];
            for (int j = 0; j < i; j++) {
                inverse.data[i * d + j] = -row[j] / pivot;
            }
            inverse.data[i * d + i] = 1 / pivot;
        }
        CommonOps_DDRM.transpose(inverse);
        return inverse;
    }

    /** Returns log det Σ = 2 Σ_i log L_ii. */
    public double logDeterminant() {
        double sum = 0;
        for (int i = 0; i < lower.numRows; i++) {
            sum += StrictMath.log(lower.unsafe_get(i, i));
        }
        return 2 * sum;
    }
}
