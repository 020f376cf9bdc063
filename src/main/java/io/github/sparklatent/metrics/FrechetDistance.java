package io.github.sparklatent.metrics;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.linalg.SymmetricEigen;
import java.util.Arrays;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.MatrixFeatures_DDRM;

/**
 * The Fréchet distance of two Gaussians, squared as it is usually reported (Dowson and Landau 1982; Heusel et al. 2017,
 * eq. 6). It compares rows and generated rows by the moments of their features.
 *
 * <pre>
 *   d² = |μ₁ − μ₂|² + tr(Σ₁ + Σ₂ − 2 (Σ₁^½ Σ₂ Σ₁^½)^½)
 * </pre>
 *
 * <p>The roots are taken of symmetric matrices, by their eigenvalues. Eigenvalues below 0 are rounding errors and count
 * as 0. So covariances may be singular, where the usual root of Σ₁ Σ₂ fails. The computation takes two
 * eigendecompositions, O(d³).
 *
 * <p>The distance is valid in one feature space only, so that space must be reported with it. It depends on the number
 * of rows n: it is too great by about d / n.
 */
public final class FrechetDistance {
    private FrechetDistance() {}

    /** Returns the squared Fréchet distance between the Gaussians with the given moments. */
    public static double between(FeatureMoments first, FeatureMoments second) {
        return between(first.mean(), first.covariance(), second.mean(), second.covariance());
    }

    /**
     * Returns the squared distance of two Gaussians.
     *
     * @param mean1 d numbers. Not modified.
     * @param covariance1 d × d, symmetric, positive semidefinite. Not modified.
     * @param mean2 d numbers. Not modified.
     * @param covariance2 d × d, symmetric, positive semidefinite. Not modified.
     * @return not below 0
     * @throws IllegalArgumentException if sizes differ or a number is not finite
     */
    public static double between(double[] mean1, DMatrixRMaj covariance1, double[] mean2, DMatrixRMaj covariance2) {
        int d = mean1.length;
        requireSize(mean2.length, 1, d, 1);
        requireSize(covariance1.numRows, covariance1.numCols, d, d);
        requireSize(covariance2.numRows, covariance2.numCols, d, d);
        double distance = 0;
        for (int j = 0; j < d; j++) {
            double difference = mean1[j] - mean2[j];
            distance += difference * difference;
        }
        distance += CommonOps_DDRM.trace(covariance1) + CommonOps_DDRM.trace(covariance2);
        Require.that(
                Double.isFinite(distance)
                        && !MatrixFeatures_DDRM.hasUncountable(covariance1)
                        && !MatrixFeatures_DDRM.hasUncountable(covariance2),
                "the moments hold NaN or an infinity, expected finite numbers");
        return Math.max(0, distance - 2 * overlap(covariance1, covariance2));
    }

    private static void requireSize(int rows, int columns, int height, int width) {
        Require.that(
                rows == height && columns == width,
                "a moment is %d x %d, expected %d x %d, as the first mean has %d numbers",
                rows,
                columns,
                height,
                width,
                height);
    }

    /** Returns tr (Σ₁^½ Σ₂ Σ₁^½)^½. */
    private static double overlap(DMatrixRMaj covariance1, DMatrixRMaj covariance2) {
        int d = covariance1.numRows;
        DMatrixRMaj root = root(covariance1);
        DMatrixRMaj half = new DMatrixRMaj(d, d);
        CommonOps_DDRM.mult(root, covariance2, half);
        DMatrixRMaj product = new DMatrixRMaj(d, d);
        CommonOps_DDRM.mult(half, root, product);
        double trace = 0;
        SymmetricEigen eigen = found(SymmetricEigen.valuesOf(product), d);
        for (int j = 0; j < d; j++) {
            trace += Math.sqrt(eigenvalue(eigen, j));
        }
        return trace;
    }

    /** Returns the root V Λ^½ Vᵀ. */
    private static DMatrixRMaj root(DMatrixRMaj covariance) {
        int d = covariance.numRows;
        SymmetricEigen eigen = found(SymmetricEigen.of(covariance), d);
        double[] roots = new double[d];
        Arrays.setAll(roots, j -> Math.sqrt(Math.sqrt(eigenvalue(eigen, j))));
        DMatrixRMaj scaled = eigen.vectors();
        CommonOps_DDRM.multCols(scaled, roots);
        DMatrixRMaj root = new DMatrixRMaj(d, d);
        CommonOps_DDRM.multTransB(scaled, scaled, root);
        return root;
    }

    private static double eigenvalue(SymmetricEigen eigen, int index) {
        return Math.max(0, eigen.value(index));
    }

    private static SymmetricEigen found(Optional<SymmetricEigen> eigen, int features) {
        Require.that(eigen.isPresent(), "the eigenvalues of a covariance of %d features did not converge", features);
        return eigen.get();
    }
}
