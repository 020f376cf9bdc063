package io.github.sparklatent.linalg;

import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.MatrixFeatures_DDRM;
import org.ejml.dense.row.decomposition.eig.SymmetricQRAlgorithmDecomposition_DDRM;
import org.ejml.dense.row.decomposition.hessenberg.TridiagonalDecompositionHouseholder_DDRM;

/**
 * Eigenvalues λ and eigenvectors V of a symmetric matrix S = V diag(λ) Vᵀ, by Householder's tridiagonal form and
 * implicit QR steps (Golub and Van Loan 2013, section 8.3). Their order is not sorted, but always the same. O(n³) in
 * one thread; EJML's factory would use several for large matrices.
 */
public final class SymmetricEigen {
    private final SymmetricQRAlgorithmDecomposition_DDRM found;
    private final int size;

    private SymmetricEigen(SymmetricQRAlgorithmDecomposition_DDRM found, int size) {
        this.found = found;
        this.size = size;
    }

    /**
     * Computes values and vectors.
     *
     * @param symmetric n × n, symmetric to rounding; one triangle is read. Not modified.
     * @return empty if it holds NaN or an infinity, or if the QR steps do not converge
     */
    public static Optional<SymmetricEigen> of(DMatrixRMaj symmetric) {
        return of(symmetric, true);
    }

    /**
     * Computes the values only; the vectors cost the most.
     *
     * @param symmetric n × n, symmetric to rounding; one triangle is read. Not modified.
     * @return empty if it holds NaN or an infinity, or if the QR steps do not converge
     */
    public static Optional<SymmetricEigen> valuesOf(DMatrixRMaj symmetric) {
        return of(symmetric, false);
    }

    private static Optional<SymmetricEigen> of(DMatrixRMaj symmetric, boolean vectors) {
        var decomposition =
                new SymmetricQRAlgorithmDecomposition_DDRM(new TridiagonalDecompositionHouseholder_DDRM(), vectors);
        return !MatrixFeatures_DDRM.hasUncountable(symmetric) && decomposition.decompose(symmetric.copy())
                ? Optional.of(new SymmetricEigen(decomposition, symmetric.numRows))
                : Optional.empty();
    }

    /** Returns the number of rows n of the matrix. */
    public int size() {
        return size;
    }

    /** Returns λ_j. */
    public double value(int index) {
        return found.getEigenvalue(index).getReal();
    }

    /** Returns the eigenvector of λ_j: n numbers, of length 1. Not to be modified. */
    public double[] vector(int index) {
        return found.getEigenVector(index).data;
    }

    /** Returns V, n × n, with the eigenvectors in its columns; a new matrix. */
    public DMatrixRMaj vectors() {
        DMatrixRMaj vectors = new DMatrixRMaj(size, size);
        for (int j = 0; j < size; j++) {
            double[] column = vector(j);
            for (int i = 0; i < size; i++) {
                vectors.unsafe_set(i, j, column[i]);
            }
        }
        return vectors;
    }
}
