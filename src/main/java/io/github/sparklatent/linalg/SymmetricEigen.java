package io.github.sparklatent.linalg;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.MatrixFeatures_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.ejml.dense.row.decomposition.eig.SymmetricQRAlgorithmDecomposition_DDRM;
import org.ejml.dense.row.decomposition.hessenberg.TridiagonalDecompositionHouseholder_DDRM;

/**
 * Eigenvalues λ and eigenvectors V of a symmetric matrix S = V diag(λ) Vᵀ, by Householder's tridiagonal form and
 * implicit QR steps (Golub and Van Loan 2013, section 8.3). Their order is not sorted, but always the same. O(n³) in
 * one thread; EJML's factory would use several for large matrices.
 *
 * <p>The {@link #leading} few of a large matrix take some hundred products of the matrix with a row.
 */
public final class SymmetricEigen {
    /** Largest matrix of which all eigenvalues are computed in about a second. */
    private static final int WHOLE = 500;

    /** Further Ritz vectors, with which the last leading one converges faster. */
    private static final int GUARDS = 4;

    /**
     * Greatest norm of the residual S v − λ v beyond rounding, in units of λ. An eigenvalue is at most that far away.
     */
    private static final double TOLERANCE = 1e-12;

    private final double[] values;
    private final double[][] vectors;

    private SymmetricEigen(double[] values, double[][] vectors) {
        this.values = values;
        this.vectors = vectors;
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
        var found = new SymmetricQRAlgorithmDecomposition_DDRM(new TridiagonalDecompositionHouseholder_DDRM(), vectors);
        if (MatrixFeatures_DDRM.hasUncountable(symmetric) || !found.decompose(symmetric.copy())) {
            return Optional.empty();
        }
        double[] values = new double[symmetric.numRows];
        Arrays.setAll(values, j -> found.getEigenvalue(j).getReal());
        double[][] columns = new double[vectors ? values.length : 0][];
        Arrays.setAll(columns, j -> found.getEigenVector(j).data);
        return Optional.of(new SymmetricEigen(values, columns));
    }

    /**
     * Computes the greatest eigenvalues and their vectors, greatest first: all n, unless n is above 500 and the count
     * is at most n/30.
     *
     * @param symmetric n × n, symmetric to rounding. Not modified.
     * @param count how many are needed, at most n
     * @return empty if it holds NaN or an infinity, or if the QR steps do not converge
     */
    public static Optional<SymmetricEigen> leading(DMatrixRMaj symmetric, int count) {
        int n = symmetric.numRows;
        boolean few = n > WHOLE && 30 * count <= n && !MatrixFeatures_DDRM.hasUncountable(symmetric);
        return (few ? expanded(symmetric, count) : Optional.<SymmetricEigen>empty())
                .or(() -> of(symmetric).map(SymmetricEigen::sorted));
    }

    private SymmetricEigen sorted() {
        int[] order = IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(j -> -values[j]))
                .mapToInt(Integer::intValue)
                .toArray();
        return new SymmetricEigen(
                Arrays.stream(order).mapToDouble(j -> values[j]).toArray(),
                Arrays.stream(order).mapToObj(j -> vectors[j]).toArray(double[][]::new));
    }

    /**
     * Computes leading eigenvalues by the Rayleigh–Ritz method. The residuals of the Ritz vectors expand the basis, so
     * it spans a block Krylov space, in which multiple eigenvalues are found. A basis that has become wide is replaced
     * by its leading Ritz vectors (thick restart, Wu and Simon 2000).
     *
     * @return empty if this takes as long as the decomposition of the whole matrix
     */
    private static Optional<SymmetricEigen> expanded(DMatrixRMaj symmetric, int count) {
        int n = symmetric.numRows;
        int block = count + GUARDS;
        List<DMatrixRMaj> basis = new ArrayList<>(); // orthonormal rows
        List<DMatrixRMaj> images = new ArrayList<>(); // these rows times S
        double[] start =
                new SplittableRandom(1).doubles((long) block * n, -1, 1).toArray();
        List<DMatrixRMaj> added = rows(DMatrixRMaj.wrap(block, n, start));
        for (int step = 0; step * block < 2 * n; step++) {
            added.forEach(row -> addOrthonormal(basis, row));
            images.addAll(rows(product(matrix(basis.subList(images.size(), basis.size())), symmetric)));
            DMatrixRMaj projected = new DMatrixRMaj(basis.size(), basis.size());
            new Products().addOuter(matrix(images), matrix(basis), projected);
            SymmetricEigen ritz = of(projected).map(SymmetricEigen::sorted).orElse(null);
            if (ritz == null) {
                break;
            }
            DMatrixRMaj turn = new DMatrixRMaj(Arrays.copyOf(ritz.vectors, Math.min(basis.size(), 3 * block)));
            List<DMatrixRMaj> vectors = rows(product(turn, matrix(basis)));
            List<DMatrixRMaj> vectorImages = rows(product(turn, matrix(images)));
            double norm = Math.max(Math.abs(ritz.value(0)), Math.abs(ritz.value(ritz.size() - 1)));
            added.clear();
            boolean converged = true;
            for (int j = 0; j < block; j++) {
                DMatrixRMaj residual = vectorImages.get(j).copy();
                CommonOps_DDRM.addEquals(residual, -ritz.value(j), vectors.get(j));
                if (NormOps_DDRM.normF(residual)
                        > TOLERANCE * Math.abs(ritz.value(j)) + Math.sqrt(n) * Math.ulp(norm)) {
                    added.add(residual);
                    converged &= j >= count;
                }
            }
            if (converged) {
                double[][] found =
                        vectors.stream().limit(count).map(row -> row.data).toArray(double[][]::new);
                return Optional.of(new SymmetricEigen(Arrays.copyOf(ritz.values, count), found));
            }
            if (basis.size() > 6 * block) {
                basis.clear();
                basis.addAll(vectors);
                images.clear();
                images.addAll(vectorImages);
            }
        }
        return Optional.empty();
    }

    /** Adds the part of a row that is orthogonal to the basis, unless there is none. */
    private static void addOrthonormal(List<DMatrixRMaj> basis, DMatrixRMaj row) {
        for (int time = 0; time < 2; time++) { // twice is enough (Parlett 1998, section 6.9)
            NormOps_DDRM.normalizeF(row);
            basis.forEach(other -> CommonOps_DDRM.addEquals(row, -CommonOps_DDRM.dot(row, other), other));
        }
        if (NormOps_DDRM.normF(row) > 0.5) {
            NormOps_DDRM.normalizeF(row);
            basis.add(row);
        }
    }

    private static DMatrixRMaj product(DMatrixRMaj a, DMatrixRMaj b) {
        DMatrixRMaj product = new DMatrixRMaj(a.numRows, b.numCols);
        new Products().addProduct(a, b, product);
        return product;
    }

    private static DMatrixRMaj matrix(List<DMatrixRMaj> rows) {
        return CommonOps_DDRM.concatRowsMulti(rows.toArray(DMatrixRMaj[]::new));
    }

    private static List<DMatrixRMaj> rows(DMatrixRMaj matrix) {
        return IntStream.range(0, matrix.numRows)
                .mapToObj(i -> CommonOps_DDRM.extractRow(matrix, i, null))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** Returns the number of eigenvalues. */
    public int size() {
        return values.length;
    }

    /** Returns λ_j. */
    public double value(int index) {
        return values[index];
    }

    /** Returns the eigenvector of λ_j: n numbers, of length 1. Not to be modified. */
    public double[] vector(int index) {
        return vectors[index];
    }

    /** Returns V with the eigenvectors in its columns; a new matrix. */
    public DMatrixRMaj vectors() {
        DMatrixRMaj columns = new DMatrixRMaj(vectors);
        CommonOps_DDRM.transpose(columns);
        return columns;
    }
}
