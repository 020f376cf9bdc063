package io.github.sparklatent.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.MatrixFeatures_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.ejml.dense.row.RandomMatrices_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SymmetricEigenTest {
    private static DMatrixRMaj symmetric(int size) {
        return RandomMatrices_DDRM.symmetric(size, -1, 1, new Random(7));
    }

    /** The method is backward stable: errors of a few n u times the norm (8.3.3 there). */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 40})
    void valuesAndVectorsMakeTheMatrix(int size) {
        DMatrixRMaj matrix = symmetric(size);
        DMatrixRMaj given = matrix.copy();
        SymmetricEigen eigen = SymmetricEigen.of(matrix).orElseThrow();
        assertThat(MatrixFeatures_DDRM.isEquals(matrix, given))
                .as("not modified")
                .isTrue();
        DMatrixRMaj vectors = eigen.vectors();
        double tolerance = 10 * size * Math.ulp(1.0) * (1 + NormOps_DDRM.normF(matrix));
        DMatrixRMaj scaled = vectors.copy();
        double[] values = IntStream.range(0, size).mapToDouble(eigen::value).toArray();
        CommonOps_DDRM.multCols(scaled, values);
        DMatrixRMaj product = CommonOps_DDRM.multTransB(scaled, vectors, null);
        assertThat(MatrixFeatures_DDRM.isIdentical(product, matrix, tolerance)).isTrue();
        DMatrixRMaj turned = CommonOps_DDRM.multTransA(vectors, vectors, null);
        assertThat(MatrixFeatures_DDRM.isIdentity(turned, tolerance)).isTrue();
        assertThat(eigen.vector(size - 1)[0]).isEqualTo(vectors.get(0, size - 1));
    }

    /** (2 1; 1 2) has 1 and 3. */
    @Test
    void valuesAloneAreTheSame() {
        DMatrixRMaj matrix = new DMatrixRMaj(2, 2, true, 2, 1, 1, 2);
        SymmetricEigen eigen = SymmetricEigen.valuesOf(matrix).orElseThrow();
        assertThat(eigen.size()).isEqualTo(2);
        assertThat(IntStream.range(0, 2).mapToDouble(eigen::value).sorted().toArray())
                .containsExactly(new double[] {1, 3}, within(10 * Math.ulp(3.0)));
    }

    /**
     * Matrices of known eigenvalues, some with 14 equal ones, only five above 0, or one far above the others. An error
     * is at most the tolerance of the residuals, 1e-12 of the value, and the rounding of the matrix.
     */
    @ParameterizedTest
    @EnumSource(Spectrum.class)
    void leadingOnesOfALargeMatrix(Spectrum spectrum) {
        int n = 600;
        int count = 10;
        DMatrixRMaj matrix = turned(IntStream.range(0, n)
                .mapToDouble(j -> spectrum.value.applyAsDouble(j))
                .toArray());
        SymmetricEigen eigen = SymmetricEigen.leading(matrix, count).orElseThrow();
        SymmetricEigen again = SymmetricEigen.leading(matrix, count).orElseThrow();
        assertThat(eigen.size()).isEqualTo(count);
        double rounding = 5 * Math.sqrt(n) * Math.ulp(spectrum.value.applyAsDouble(0));
        for (int j = 0; j < count; j++) {
            double expected = spectrum.value.applyAsDouble(j);
            double tolerance = 1e-11 * expected + rounding;
            assertThat(eigen.value(j)).isCloseTo(expected, within(tolerance));
            assertThat(eigen.vector(j)).containsExactly(again.vector(j));
            DMatrixRMaj vector = DMatrixRMaj.wrap(n, 1, eigen.vector(j));
            DMatrixRMaj residual = CommonOps_DDRM.mult(matrix, vector, null);
            CommonOps_DDRM.addEquals(residual, -eigen.value(j), vector);
            assertThat(NormOps_DDRM.normF(residual)).isLessThanOrEqualTo(tolerance);
        }
        DMatrixRMaj products = CommonOps_DDRM.multTransA(eigen.vectors(), eigen.vectors(), null);
        assertThat(MatrixFeatures_DDRM.isIdentity(products, 1e-12)).isTrue();
    }

    private enum Spectrum {
        FALLING(j -> 1e6 / (1 + j)),
        EQUAL(j -> j < 14 ? 3 : 1.0 / j),
        DOMINATED(j -> j == 0 ? 1e10 : 1.0 / j),
        LOW_RANK(j -> j < 5 ? 10 - j : 0),
        SPHERE(j -> 1),
        ZERO(j -> 0);

        private final IntToDoubleFunction value;

        Spectrum(IntToDoubleFunction value) {
            this.value = value;
        }
    }

    /** Returns H diag(values) H with a reflection H = I − 2 v vᵀ. */
    private static DMatrixRMaj turned(double[] values) {
        int n = values.length;
        DMatrixRMaj v = RandomMatrices_DDRM.rectangle(n, 1, -1, 1, new Random(3));
        NormOps_DDRM.normalizeF(v);
        DMatrixRMaj h = CommonOps_DDRM.identity(n);
        CommonOps_DDRM.multAddTransB(-2, v, v, h);
        DMatrixRMaj half = h.copy();
        CommonOps_DDRM.multRows(values, half);
        return CommonOps_DDRM.mult(h, half, null);
    }

    /** All are computed of a small matrix, for a large share, and if their gaps are too small. */
    @Test
    void leadingOnesOfOtherMatricesAreSorted() {
        double[] close = IntStream.range(0, 501)
                .mapToDouble(j -> 1 - Math.pow(j / 501.0, 2))
                .toArray();
        requireSorted(turned(close), 10);
        requireSorted(turned(new double[] {1, 5, 3, 2, 4}), 4);
        requireSorted(new DMatrixRMaj(1, 1, true, 2), 1);
    }

    private static void requireSorted(DMatrixRMaj matrix, int count) {
        SymmetricEigen all = SymmetricEigen.of(matrix).orElseThrow();
        SymmetricEigen sorted = SymmetricEigen.leading(matrix, count).orElseThrow();
        double[] values = IntStream.range(0, all.size())
                .mapToDouble(j -> -all.value(j))
                .sorted()
                .toArray();
        assertThat(IntStream.range(0, sorted.size()).mapToDouble(j -> -sorted.value(j)))
                .containsExactly(Arrays.stream(values).boxed().toArray(Double[]::new));
    }

    @Test
    void whatIsNoNumberHasNone() {
        for (double odd : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            DMatrixRMaj matrix = symmetric(3);
            matrix.set(1, 2, odd);
            assertThat(SymmetricEigen.of(matrix)).isEmpty();
            assertThat(SymmetricEigen.valuesOf(matrix)).isEmpty();
            assertThat(SymmetricEigen.leading(matrix, 1)).isEmpty();
        }
    }
}
