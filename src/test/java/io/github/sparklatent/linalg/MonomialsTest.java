package io.github.sparklatent.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.linalg.kernels.DoubleGemm;
import io.github.sparklatent.linalg.kernels.DoubleScalarGemm;
import io.github.sparklatent.linalg.kernels.ForcedWidths;
import io.github.sparklatent.linalg.kernels.MonomialKernel;
import io.github.sparklatent.linalg.kernels.ScalarMonomialKernel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Forms and moments by every kernel against plain chains of fused multiply-adds, bit for bit. */
class MonomialsTest {
    private static final Map<String, DoubleGemm> TILES =
            ForcedWidths.all(DoubleGemm.class, Kernels.doubleGemm(), new DoubleScalarGemm(), "DoubleVectorGemm");
    private static final Map<String, MonomialKernel> PANELS = ForcedWidths.all(
            MonomialKernel.class, Kernels.monomials(), new ScalarMonomialKernel(), "VectorMonomialKernel");

    /** n, d, k: one of each, primes, whole tiles, more than a slice of rows or of monomials. */
    private static final int[][] SHAPES = {
        {2, 1, 1},
        {2, 3, 2},
        {17, 8, 8},
        {5, 2, 13},
        {33, 7, 9},
        {200, 15, 3},
        {401, 16, 17},
        {64, 33, 16},
        {7, 100, 5}
    };

    /** More columns than an inner chain has terms. */
    private static final int[][] WIDER = {{3, 600, 2}};

    private static final int BLOCKS = 2;

    static Stream<String> kernels() {
        return TILES.keySet().stream();
    }

    @Test
    void theyAreOneTheNumbersAndTheirProducts() {
        assertThat(Monomials.quadratic(3).count()).isEqualTo(10);
        assertThat(Monomials.squares(3).count()).isEqualTo(7);
        assertThat(of(Monomials.quadratic(3), new double[] {1, 2, 3, 5}))
                .containsExactly(1, 2, 3, 5, 4, 6, 10, 9, 15, 25);
        assertThat(of(Monomials.squares(3), new double[] {1, 2, 3, 5})).containsExactly(1, 2, 3, 5, 4, 9, 25);
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void formsAreChains(String kernel) {
        for (int[] shape : SHAPES) {
            for (Monomials monomials : both(shape[1])) {
                DMatrixRMaj coefficients = TestMatrices.normal(shape[2], monomials.count(), 1);
                checkForms(
                        shape,
                        coefficients,
                        new RowForms.MonomialForms(monomials, coefficients, TILES.get(kernel), PANELS.get(kernel)),
                        (c, z) -> chain(coefficients, c, monomials, z));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void formsOfWideRowsAreChainsOfChains(String kernel) {
        for (int[] shape : Stream.concat(Stream.of(SHAPES), Stream.of(WIDER)).toList()) {
            Monomials monomials = Monomials.quadratic(shape[1]);
            DMatrixRMaj coefficients = TestMatrices.normal(shape[2], monomials.count(), 1);
            checkForms(
                    shape,
                    coefficients,
                    new RowForms.FactoredForms(monomials, coefficients, TILES.get(kernel), PANELS.get(kernel)),
                    (c, z) -> factored(coefficients, c, z));
        }
    }

    /** @param expected of a form and (1, y) */
    private static void checkForms(
            int[] shape, DMatrixRMaj coefficients, RowForms forms, ToDoubleBiFunction<Integer, double[]> expected) {
        DMatrixRMaj origin = TestMatrices.normal(1, shape[1], 2);
        for (int block = 0; block < BLOCKS; block++) {
            DMatrixRMaj x = TestMatrices.normal(shape[0] - block, shape[1], 3 + block);
            DMatrixRMaj out = new DMatrixRMaj(shape[2] + 1, x.numRows);
            DMatrixRMaj values = new DMatrixRMaj(shape[2] + 1, x.numRows);
            forms.compute(x, origin);
            forms.copy(places(shape[2]), out);
            assertThat(forms.value(shape[2] - 1, x.numRows - 1)).isEqualTo(out.get(1, x.numRows - 1));
            for (int i = 0; i < x.numRows; i++) {
                double[] z = z(x, i, origin);
                for (int c = 0; c < shape[2]; c++) {
                    values.set(shape[2] - c, i, expected.applyAsDouble(c, z));
                }
            }
            assertThat(out.data)
                    .as("%d x %d, %d forms, %d monomials", x.numRows, shape[1], shape[2], coefficients.numCols)
                    .containsExactly(values.data);
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void momentsAreChains(String kernel) {
        for (int[] shape : SHAPES) {
            for (Monomials monomials : both(shape[1])) {
                checkMoments(
                        shape,
                        monomials,
                        new RowMoments.MonomialMoments(monomials, shape[2], TILES.get(kernel), PANELS.get(kernel)),
                        (weight, z, sums) -> {
                            double[] monomial = of(monomials, z);
                            for (int m = 0; m < monomial.length; m++) {
                                sums[m] = Math.fma(weight, monomial[m], sums[m]);
                            }
                        });
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void momentsOfWideRowsAreChains(String kernel) {
        for (int[] shape : SHAPES) {
            Monomials monomials = Monomials.quadratic(shape[1]);
            checkMoments(
                    shape,
                    monomials,
                    new RowMoments.FactoredMoments(monomials, shape[2], TILES.get(kernel), PANELS.get(kernel)),
                    (weight, z, sums) -> {
                        for (int i = 0, m = 0; i < z.length; i++) {
                            for (int j = i; j < z.length; j++, m++) {
                                sums[m] = Math.fma(weight * z[i], z[j], sums[m]);
                            }
                        }
                    });
        }
    }

    /** Adds a row. */
    private interface Addition {
        void add(double weight, double[] z, double[] sums);
    }

    private static void checkMoments(int[] shape, Monomials monomials, RowMoments moments, Addition addition) {
        DMatrixRMaj origin = TestMatrices.normal(1, shape[1], 2);
        double[][] expected = new double[shape[2]][monomials.count()];
        for (int block = 0; block < BLOCKS; block++) {
            DMatrixRMaj x = TestMatrices.normal(shape[0] - block, shape[1], 3 + block);
            DMatrixRMaj weights = TestMatrices.uniform(shape[2] + 1, x.numRows, 5 + block);
            moments.add(x, origin, weights, places(shape[2]));
            for (int i = 0; i < x.numRows; i++) {
                double[] z = z(x, i, origin);
                for (int c = 0; c < shape[2]; c++) {
                    addition.add(weights.get(shape[2] - c, i), z, expected[c]);
                }
            }
        }
        for (int k = 0; k < shape[2]; k++) {
            for (int m = 0; m < monomials.count(); m++) {
                assertThat(moments.sum(k, m)).isEqualTo(expected[k][m]);
            }
        }
    }

    @Test
    void wideRowsWithFewComponentsAreNotWrittenAsMonomials() {
        Monomials wide = Monomials.quadratic(64);
        assertThat(wide.moments(16)).isInstanceOf(RowMoments.FactoredMoments.class);
        assertThat(wide.moments(17)).isInstanceOf(RowMoments.MonomialMoments.class);
        assertThat(wide.forms(new DMatrixRMaj(16, wide.count()))).isInstanceOf(RowForms.FactoredForms.class);
        assertThat(wide.forms(new DMatrixRMaj(17, wide.count()))).isInstanceOf(RowForms.MonomialForms.class);
        assertThat(Monomials.quadratic(47).moments(1)).isInstanceOf(RowMoments.MonomialMoments.class);
        assertThat(Monomials.squares(64).moments(1)).isInstanceOf(RowMoments.MonomialMoments.class);
        assertThat(Monomials.linear(64).moments(1)).isInstanceOf(RowMoments.MonomialMoments.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 60})
    void blocksWithARowOutOfReachAreNotAdded(int d) {
        Monomials monomials = Monomials.quadratic(d);
        DMatrixRMaj origin = new DMatrixRMaj(1, d);
        for (double far : new double[] {1e101, -1e101, Double.POSITIVE_INFINITY, Double.NaN}) {
            DMatrixRMaj x = TestMatrices.normal(20, d, 1);
            DMatrixRMaj weights = TestMatrices.uniform(1, 20, 2);
            RowForms forms = monomials.forms(TestMatrices.normal(1, monomials.count(), 3));
            RowMoments moments = monomials.moments(1);
            assertThat(forms.compute(x, origin)).isTrue();
            assertThat(moments.add(x, origin, weights, new int[1])).isTrue();
            double before = moments.sum(0, 9);
            x.set(19, 2, far);
            assertThat(forms.compute(x, origin)).isFalse();
            assertThat(moments.add(x, origin, weights, new int[1])).isFalse();
            assertThat(moments.sum(0, 9)).isEqualTo(before);
        }
    }

    private static List<Monomials> both(int dimension) {
        return List.of(Monomials.quadratic(dimension), Monomials.squares(dimension));
    }

    /** All rows but the first, in descending order. */
    private static int[] places(int count) {
        int[] places = new int[count];
        for (int k = 0; k < count; k++) {
            places[k] = count - k;
        }
        return places;
    }

    /** @param z (1, y) */
    private static double[] of(Monomials monomials, double[] z) {
        List<Double> values = new ArrayList<>();
        for (double number : z) {
            values.add(number);
        }
        boolean squares = monomials.count() == 2 * z.length - 1;
        for (int i = 1; i < z.length; i++) {
            for (int j = i; j < (squares ? i + 1 : z.length); j++) {
                values.add(z[i] * z[j]);
            }
        }
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** (1, y). */
    private static double[] z(DMatrixRMaj x, int row, DMatrixRMaj origin) {
        double[] z = new double[x.numCols + 1];
        z[0] = 1;
        for (int j = 0; j < x.numCols; j++) {
            z[j + 1] = x.get(row, j) - origin.data[j];
        }
        return z;
    }

    private static double chain(DMatrixRMaj coefficients, int form, Monomials monomials, double[] z) {
        double[] monomial = of(monomials, z);
        double sum = 0;
        for (int m = 0; m < monomial.length; m++) {
            sum = Math.fma(coefficients.get(form, m), monomial[m], sum);
        }
        return sum;
    }

    /** Inner chains end after 512 terms. */
    private static double factored(DMatrixRMaj coefficients, int form, double[] z) {
        double sum = 0;
        for (int i = 0, m = 0; i < z.length; i++) {
            for (int from = i; from < z.length; from += 512) {
                double inner = 0;
                for (int j = from; j < Math.min(from + 512, z.length); j++, m++) {
                    inner = Math.fma(coefficients.get(form, m), z[j], inner);
                }
                sum = Math.fma(z[i], inner, sum);
            }
        }
        return sum;
    }
}
