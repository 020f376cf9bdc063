package io.github.sparklatent.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.MatrixFeatures_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.ejml.dense.row.RandomMatrices_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

    @Test
    void whatIsNoNumberHasNone() {
        for (double odd : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            DMatrixRMaj matrix = symmetric(3);
            matrix.set(1, 2, odd);
            assertThat(SymmetricEigen.of(matrix)).isEmpty();
            assertThat(SymmetricEigen.valuesOf(matrix)).isEmpty();
        }
    }
}
