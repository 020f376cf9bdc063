package io.github.sparklatent.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

/** Against numpy and scipy: src/test/python/distance_golden.py, whose rows these are. */
class FrechetDistanceTest {
    /** An eigenvalue that is 0 errs by 2⁻⁵² of the greatest, its root by the root of that. */
    private static final double SINGULAR = 1e-7;

    private static float[] rows(int n, int d, int seed, float scale) {
        float[] rows = new float[n * d];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < d; j++) {
                int pattern = i * 37 + j * 61 + (seed + 16) * i * j + 29 * seed;
                rows[i * d + j] = scale * (pattern % 101) / 128f + seed;
            }
        }
        return rows;
    }

    private static FeatureMoments moments(float[] rows, int d, double origin) {
        double[] origins = new double[d];
        Arrays.fill(origins, origin);
        FeatureMoments moments = new FeatureMoments(origins);
        for (int from = 0; from < rows.length; from += d) {
            moments.add(rows, from, 1);
        }
        return moments;
    }

    /** scipy's root of the product of two covariances is exact to some 1e-10 here. */
    @Test
    void figuresAreThoseOfScipy() {
        assertThat(FrechetDistance.between(moments(rows(90, 5, 1, 1), 5, 0), moments(rows(70, 5, 2, 3), 5, 2)))
                .isCloseTo(16.890459928041334, within(1e-8));
        assertThat(FrechetDistance.between(moments(rows(300, 20, 1, 1), 20, 1), moments(rows(250, 20, 3, 2), 20, 0)))
                .isCloseTo(114.32135205115108, within(1e-8));
    }

    /** Σ (μ₁ − μ₂)² + (σ₁ − σ₂)², feature by feature; one has no variance in either, or in one. */
    @Test
    void singularCovariancesAreNoHarm() {
        DMatrixRMaj first = CommonOps_DDRM.diag(4, 0, 0, 9);
        DMatrixRMaj second = CommonOps_DDRM.diag(1, 0, 25, 0);
        double[] zero = new double[4];
        double[] mean = {1, 2, 0, 0};
        assertThat(FrechetDistance.between(zero, first, mean, second)).isCloseTo(5 + 1 + 0 + 25 + 9, within(SINGULAR));
        assertThat(FrechetDistance.between(zero, new DMatrixRMaj(4, 4), mean, second))
                .isCloseTo(5 + 26, within(SINGULAR));
    }

    /** Rank 1 in 6 dimensions, along one direction: as in one dimension. */
    @Test
    void aLineInASpaceIsAsALine() {
        DMatrixRMaj direction = new DMatrixRMaj(6, 1, true, 1, -2, 3, 0, 1, 1);
        DMatrixRMaj first = new DMatrixRMaj(6, 6);
        CommonOps_DDRM.multTransB(direction, direction, first);
        DMatrixRMaj second = first.copy();
        CommonOps_DDRM.scale(9, second);
        // |v|² = 16: deviations 4 and 12
        assertThat(FrechetDistance.between(new double[6], first, new double[6], second))
                .isCloseTo(64, within(16 * SINGULAR));
    }

    @Test
    void aGaussianIsNoDistanceFromItselfAndAsFarThereAsBack() {
        FeatureMoments first = moments(rows(90, 5, 1, 1), 5, 1);
        FeatureMoments second = moments(rows(70, 5, 2, 3), 5, 1);
        assertThat(FrechetDistance.between(first, first)).isBetween(0.0, 1e-12);
        assertThat(FrechetDistance.between(first, second))
                .isCloseTo(FrechetDistance.between(second, first), within(1e-10));
    }
}
