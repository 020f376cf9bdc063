package io.github.sparklatent.metrics;

import io.github.sparklatent.learn.Require;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.eig.SymmetricQRAlgorithmDecomposition_DDRM;
import org.ejml.dense.row.decomposition.hessenberg.TridiagonalDecompositionHouseholder_DDRM;

/** Eigenvalues of symmetric matrices, by one thread always; EJML's factory may take several. */
final class SymmetricEigen {
    private SymmetricEigen() {}

    /**
     * @param matrix d × d, symmetric but for rounding. Not modified.
     * @param vectors whether eigenvectors are computed too
     */
    static SymmetricQRAlgorithmDecomposition_DDRM of(DMatrixRMaj matrix, boolean vectors) {
        DMatrixRMaj symmetric = matrix.copy();
        for (int i = 0; i < symmetric.numRows; i++) {
            for (int j = 0; j < i; j++) {
                double mean = (symmetric.get(i, j) + symmetric.get(j, i)) / 2;
                symmetric.set(i, j, mean);
                symmetric.set(j, i, mean);
            }
        }
        var eigen =
                new SymmetricQRAlgorithmDecomposition_DDRM(
                        new TridiagonalDecompositionHouseholder_DDRM(), vectors);
        Require.that(
                eigen.decompose(symmetric),
                "the eigenvalues of a covariance of %d features were not found",
                matrix.numRows);
        return eigen;
    }
}
