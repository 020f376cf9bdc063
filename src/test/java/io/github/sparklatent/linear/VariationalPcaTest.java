package io.github.sparklatent.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.linalg.TestMatrices;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Probabilistic PCA by variational Bayes. */
class VariationalPcaTest {
    private static final LinearOptions OPTIONS =
            LinearOptions.PPCA.withFit(FitMethod.VARIATIONAL_BAYES).withLatent(6);

    /** Rows of d columns that vary along so many axes, with noise of variance 1. */
    private static DMatrixRMaj rows(int n, int d, int axes, long seed) {
        DMatrixRMaj loadings = TestMatrices.normal(d, axes, seed);
        DMatrixRMaj rows = TestMatrices.normal(n, d, seed + 1);
        CommonOps_DDRM.multAddTransB(TestMatrices.normal(n, axes, seed + 2), loadings, rows);
        return rows;
    }

    private static LinearFit fit(DMatrixRMaj rows, LinearOptions options) {
        return LinearTrainer.fit(InMemoryRowBlocks.of(rows, 64), options);
    }

    /** Axes along which the rows vary by chance only are not used, whatever the seed. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void itFindsTheNumberOfAxes(int seed) {
        for (int axes : new int[] {1, 3, 5}) {
            LinearFit fit = fit(rows(500, 12, axes, seed), OPTIONS);
            assertThat(fit.model().latent()).isEqualTo(axes);
            // σ² has at least 500 · (12 − 5) degrees of freedom: 1 ± 4 √(2 / 3500)
            assertThat(fit.model().noise(0)).isCloseTo(1, within(0.1));
            assertThat(fit.warnings(List.of())).isEmpty();
        }
    }

    /** Also if there are as many latent variables as the rows span directions, or one. */
    @ParameterizedTest
    @CsvSource({"500, 12, 6", "500, 12, 1", "5, 100, 4", "5, 100, 10", "10, 200, 9", "20, 300, 19"})
    void rowsWithoutStructureUseNoAxis(int n, int d, int latent) {
        LinearFit fit = fit(TestMatrices.normal(n, d, 1), OPTIONS.withLatent(latent));
        assertThat(fit.model().squaredLengths()).containsExactly(0);
        assertThat(fit.model().noise(0)).isCloseTo(1, within(0.2));
        assertThat(fit.warnings(List.of())).singleElement().asString().contains("stands out from the noise");
    }

    /** The number of latent variables is only the greatest one. */
    @Test
    void moreAxesThanColumnsMayBeAllowed() {
        DMatrixRMaj rows = rows(500, 12, 5, 1);
        LinearFit fit = fit(rows, OPTIONS.withLatent(50));
        LinearFit expected = fit(rows, OPTIONS.withLatent(11));
        assertThat(fit.model().loadings().data).isEqualTo(expected.model().loadings().data);
        assertThat(fit.warnings(List.of())).isEmpty();
        assertThat(fit(rows(50, 2, 1, 1), OPTIONS.withLatent(2)).model().dimension())
                .isEqualTo(2);
    }

    @Test
    void itSaysWhenMoreAxesMayBeInUse() {
        LinearFit fit = fit(rows(500, 12, 5, 1), OPTIONS.withLatent(3));
        assertThat(fit.model().latent()).isEqualTo(3);
        assertThat(fit.warnings(List.of())).anyMatch(w -> w.startsWith("all 3 latent variables are in use"));
    }

    /** With many rows the posterior is narrow around the solution of maximum likelihood. */
    @Test
    void manyRowsGiveTheSolutionOfMaximumLikelihood() {
        DMatrixRMaj rows = rows(40_000, 8, 3, 2);
        LinearFit bayes = fit(rows, OPTIONS.withLatent(5));
        LinearFit likelihood = fit(rows, LinearOptions.PPCA.withLatent(3));
        assertThat(bayes.model().latent()).isEqualTo(3);
        for (int i = 0; i < 3; i++) { // the posterior moves |w|² by a share of d / n
            assertThat(bayes.model().squaredLengths()[i])
                    .isCloseTo(
                            likelihood.model().squaredLengths()[i],
                            within(5e-4 * likelihood.variances()[i]));
        }
        assertThat(bayes.meanLogLikelihood()).isCloseTo(likelihood.meanLogLikelihood(), within(1e-5));
    }

    /** More columns than rows: the other order of the two dimensions. */
    @Test
    void fewerRowsThanColumns() {
        DMatrixRMaj rows = rows(40, 100, 2, 3);
        LinearFit fit = fit(rows, OPTIONS);
        assertThat(fit.model().latent()).isEqualTo(2);
        assertThat(fit.model().noise(0)).isBetween(0.8, 1.1);
    }

    /**
     * The closed form is a fixed point of the updates of the factorised posterior (Bishop 1999), and these find it from
     * the solution of maximum likelihood.
     */
    @ParameterizedTest
    @ValueSource(ints = {60, 8}) // more rows than columns, and fewer
    void theUpdatesOfTheFactorisedPosteriorFindIt(int n) {
        int d = 10;
        int l = 3;
        DMatrixRMaj rows = rows(n, d, l, 4);
        double[] mean = new double[d];
        for (int i = 0; i < n * d; i++) {
            mean[i % d] += rows.data[i] / n;
        }
        for (int i = 0; i < n * d; i++) {
            rows.data[i] -= mean[i % d];
        }
        LinearFit fit = fit(rows, OPTIONS.withLatent(l));
        int used = fit.model().latent();
        double[] moments = new Naive(helmert(rows), used).fit();
        assertThat(fit.model().noise(0)).isCloseTo(moments[used], within(1e-6));
        for (int h = 0; h < used; h++) {
            assertThat(fit.model().squaredLengths()[h]).isCloseTo(moments[h], within(1e-5));
        }
    }

    /** Rotates n centred rows into n − 1 rows with independent noise, and a row of zeros. */
    private static DMatrixRMaj helmert(DMatrixRMaj rows) {
        DMatrixRMaj rotated = new DMatrixRMaj(rows.numRows - 1, rows.numCols);
        for (int i = 1; i < rows.numRows; i++) {
            double scale = 1 / Math.sqrt(i * (i + 1.0));
            for (int j = 0; j < rows.numCols; j++) {
                double sum = -i * rows.get(i, j);
                for (int before = 0; before < i; before++) {
                    sum += rows.get(before, j);
                }
                rotated.set(i - 1, j, scale * sum);
            }
        }
        return rotated;
    }

    /** Mean-field variational Bayes, with E[z²] kept at 1 by rescaling. */
    private static final class Naive {
        private final DMatrixRMaj x;
        private final int l;

        Naive(DMatrixRMaj x, int l) {
            this.x = x;
            this.l = l;
        }

        /** |w_h|² of each axis, then σ². */
        double[] fit() {
            int n = x.numRows;
            int d = x.numCols;
            LinearGaussian start =
                    VariationalPcaTest.fit(x, LinearOptions.PPCA.withLatent(l)).model();
            DMatrixRMaj a = start.loadings();
            DMatrixRMaj ofA = CommonOps_DDRM.identity(l);
            CommonOps_DDRM.scale(1e-3, ofA);
            DMatrixRMaj b = new DMatrixRMaj(n, l);
            DMatrixRMaj ofB = new DMatrixRMaj(l, l);
            double[] prior = new double[l];
            Arrays.fill(prior, 1);
            double noise = start.noise(0);
            for (int round = 0; round < 20_000; round++) {
                // q(z): precision (AᵀA + d Σ_a) / σ² + I
                DMatrixRMaj inner = new DMatrixRMaj(l, l);
                CommonOps_DDRM.multTransA(a, a, inner);
                CommonOps_DDRM.addEquals(inner, d, ofA);
                for (int h = 0; h < l; h++) {
                    inner.add(h, h, noise);
                }
                CommonOps_DDRM.invert(inner, ofB);
                CommonOps_DDRM.scale(noise, ofB);
                DMatrixRMaj projected = CommonOps_DDRM.mult(x, a, null);
                CommonOps_DDRM.mult(1 / noise, projected, ofB, b);
                // q(W): precision (BᵀB + n Σ_b) / σ² + C⁻¹
                DMatrixRMaj outer = new DMatrixRMaj(l, l);
                CommonOps_DDRM.multTransA(b, b, outer);
                CommonOps_DDRM.addEquals(outer, n, ofB);
                DMatrixRMaj second = outer.copy();
                for (int h = 0; h < l; h++) {
                    outer.add(h, h, noise / prior[h]);
                }
                CommonOps_DDRM.invert(outer, ofA);
                CommonOps_DDRM.scale(noise, ofA);
                DMatrixRMaj correlated = CommonOps_DDRM.multTransA(x, b, null);
                CommonOps_DDRM.mult(1 / noise, correlated, ofA, a);
                DMatrixRMaj moments = new DMatrixRMaj(l, l);
                CommonOps_DDRM.multTransA(a, a, moments);
                CommonOps_DDRM.addEquals(moments, d, ofA);
                for (int h = 0; h < l; h++) {
                    prior[h] = moments.get(h, h) / d;
                }
                double sum = 0;
                for (int i = 0; i < n * d; i++) {
                    sum += x.data[i] * x.data[i];
                }
                for (int i = 0; i < n; i++) {
                    for (int h = 0; h < l; h++) {
                        sum -= 2 * b.get(i, h) * row(i, a, h);
                    }
                }
                for (int h = 0; h < l; h++) {
                    for (int g = 0; g < l; g++) {
                        sum += moments.get(h, g) * second.get(g, h);
                    }
                }
                noise = sum / (n * d);
                // The scale of each axis: its prior variance of greatest bound is E[z²].
                for (int h = 0; h < l; h++) {
                    double scale = Math.sqrt(second.get(h, h) / n);
                    for (int j = 0; j < d; j++) {
                        a.set(j, h, a.get(j, h) * scale);
                    }
                    prior[h] *= scale * scale;
                    for (int g = 0; g < l; g++) {
                        ofA.set(h, g, ofA.get(h, g) * scale);
                        ofA.set(g, h, ofA.get(g, h) * scale);
                    }
                }
            }
            double[] result = new double[l + 1];
            for (int h = 0; h < l; h++) {
                for (int j = 0; j < d; j++) {
                    result[h] += a.get(j, h) * a.get(j, h);
                }
            }
            Arrays.sort(result, 0, l);
            for (int h = 0; h < l / 2; h++) {
                double swap = result[h];
                result[h] = result[l - 1 - h];
                result[l - 1 - h] = swap;
            }
            result[l] = noise;
            return result;
        }

        private double row(int i, DMatrixRMaj a, int h) {
            double sum = 0;
            for (int j = 0; j < x.numCols; j++) {
                sum += x.get(i, j) * a.get(j, h);
            }
            return sum;
        }
    }
}
