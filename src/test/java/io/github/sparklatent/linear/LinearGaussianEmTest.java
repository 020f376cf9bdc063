package io.github.sparklatent.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.em.EmRounds;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.learn.em.StoppingRule;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.Cholesky;
import io.github.sparklatent.linalg.SymmetricEigen;
import io.github.sparklatent.mixture.Fits;
import io.github.sparklatent.mixture.MixtureScores;
import io.github.sparklatent.mixture.SampleTables;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.mixture.training.LinearTrainer;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** EM of probabilistic PCA and factor analysis, with and without missing values. */
class LinearGaussianEmTest {
    private static final LinearOptions PPCA = LinearOptions.PPCA.withFit(LinearOptions.FitMethod.EM);
    private static final LinearOptions ANALYSIS = LinearOptions.FACTOR_ANALYSIS;

    private static InMemoryRowBlocks cut(DMatrixRMaj rows) {
        return InMemoryRowBlocks.of(rows, 64);
    }

    /** Removes a share of the values, but never all of a row. */
    private static DMatrixRMaj holes(DMatrixRMaj rows, double share) {
        Random random = new Random(7);
        DMatrixRMaj incomplete = rows.copy();
        for (int i = 0; i < rows.numRows; i++) {
            for (int j = 0; j < rows.numCols; j++) {
                if (random.nextDouble() < share && j != i % rows.numCols) {
                    incomplete.set(i, j, Double.NaN);
                }
            }
        }
        return incomplete;
    }

    private static List<LinearOptions> both() {
        return List.of(PPCA.withLatent(2), ANALYSIS.withLatent(2));
    }

    @Test
    void incompleteRowsAreThoseOfTheDenseGaussian() {
        DMatrixRMaj rows = holes(SampleTables.standardized("wine"), 0.4);
        for (LinearOptions options : both()) {
            LinearGaussian model = LinearTrainer.fit(cut(rows), options).model();
            DMatrixRMaj covariance = new DMatrixRMaj(rows.numCols, rows.numCols);
            CommonOps_DDRM.multTransB(model.loadings(), model.loadings(), covariance);
            for (int j = 0; j < rows.numCols; j++) {
                covariance.add(j, j, model.noise(j));
            }
            MixtureScores dense = Fits.scores(MixtureParameters.of(
                    CovarianceType.FULL,
                    new double[] {1},
                    DMatrixRMaj.wrap(1, rows.numCols, model.mean()),
                    List.of(covariance)));
            dense.evaluate(rows);
            DMatrixRMaj expected = new DMatrixRMaj(0, 0);
            dense.impute(expected);
            LinearPosterior posterior = new LinearPosterior(model);
            posterior.evaluate(Block.of(rows));
            DMatrixRMaj imputed = new DMatrixRMaj(0, 0);
            posterior.impute(imputed);
            for (int i = 0; i < rows.numRows; i++) {
                assertThat(posterior.logDensity(i)).isCloseTo(dense.logDensity(i), within(1e-9));
            }
            // Of numbers of order 1, by a covariance of condition 1e4 at most.
            assertThat(imputed.data).containsExactly(expected.data, within(1e-9));
        }
    }

    @Test
    void noOtherParametersAreMoreLikely() {
        Random random = new Random(2);
        DMatrixRMaj rows = holes(SampleTables.standardized("wine"), 0.3);
        for (LinearOptions options : both()) {
            LinearFit fit = LinearTrainer.fit(cut(rows), options);
            assertThat(fit.converged()).isTrue();
            assertThat(Fits.meanLogLikelihood(fit.model(), cut(rows)))
                    .isCloseTo(fit.meanLogLikelihood(), within(1e-10));
            for (int trial = 0; trial < 50; trial++) {
                DMatrixRMaj loadings = fit.model().loadings();
                double[] mean = fit.model().mean();
                double[] noise = fit.model().noise();
                for (int i = 0; i < loadings.getNumElements(); i++) {
                    loadings.data[i] += 1e-2 * random.nextGaussian();
                }
                for (int j = 0; j < mean.length; j++) {
                    mean[j] += 1e-2 * random.nextGaussian();
                }
                for (int j = 0; j < noise.length; j++) {
                    noise[j] *= Math.exp(1e-2 * random.nextGaussian());
                }
                assertThat(Fits.meanLogLikelihood(new LinearGaussian(mean, loadings, noise), cut(rows)))
                        .isLessThan(fit.meanLogLikelihood());
            }
        }
    }

    @Test
    void noRoundIsLessLikely() {
        for (double share : new double[] {0, 0.3}) {
            DMatrixRMaj rows = holes(SampleTables.rows("wine"), share);
            for (LinearOptions options : both()) {
                LinearFit first = LinearTrainer.fit(cut(rows), options.withStopping(new StoppingRule(1, 0)));
                MixtureParameters start = MixtureParameters.of(first.model());
                EmRounds.assertNeverFalls(Fits.rounds(cut(rows), start, 0, 40).history(), 0, 1e-11);
            }
        }
    }

    /** Units scale the parameters of factor analysis, and nothing else. */
    @Test
    void factorAnalysisDoesNotDependOnUnits() {
        DMatrixRMaj rows = SampleTables.standardized("wine");
        LinearFit fit = LinearTrainer.fit(cut(rows), ANALYSIS);
        double shift = 0;
        for (int j = 0; j < rows.numCols; j++) {
            double unit = Math.pow(10, j % 7 - 3);
            shift += Math.log(unit);
            for (int i = 0; i < rows.numRows; i++) {
                rows.set(i, j, rows.get(i, j) * unit + 1e3 * unit);
            }
        }
        LinearFit other = LinearTrainer.fit(cut(rows), ANALYSIS);
        assertThat(other.meanLogLikelihood() + shift).isCloseTo(fit.meanLogLikelihood(), within(1e-6));
        for (int j = 0; j < rows.numCols; j++) {
            double unit = Math.pow(10, j % 7 - 3);
            assertThat(other.model().noise(j) / unit / unit)
                    .isCloseTo(fit.model().noise(j), within(1e-3));
        }
    }

    /**
     * With more columns than rows, the eigenvalues of the n × n products of centred rows give the greatest likelihood
     * (Tipping and Bishop 1999, eq. 4 and 8).
     */
    @Test
    void seventyThousandColumnsReachTheGreatestLikelihood() {
        int d = 70_000;
        int n = 24;
        int latent = 2;
        Random random = new Random(5);
        DMatrixRMaj rows = new DMatrixRMaj(n, d);
        double[] axes = random.doubles(2 * d, -1, 1).toArray();
        for (int i = 0; i < n; i++) {
            double a = 3 * random.nextGaussian();
            double b = 2 * random.nextGaussian();
            for (int j = 0; j < d; j++) {
                double noise = random.nextDouble() - 0.5;
                rows.data[i * d + j] = 5 + a * axes[j] + b * axes[d + j] + noise;
            }
        }
        InMemoryRowBlocks data = InMemoryRowBlocks.of(rows, n);
        LinearFit fit = LinearTrainer.fit(data, PPCA.withLatent(latent));
        assertThat(fit.meanLogLikelihood()).isCloseTo(greatestLikelihood(rows, latent), within(1e-6));
        assertThat(fit.converged()).isTrue();
        assertThatThrownBy(() -> LinearTrainer.fit(data, LinearOptions.PPCA))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("set model.fit = em");
    }

    private static double greatestLikelihood(DMatrixRMaj rows, int latent) {
        int d = rows.numCols;
        int n = rows.numRows;
        DMatrixRMaj centred = rows.copy();
        for (int j = 0; j < d; j++) {
            double mean = 0;
            for (int i = 0; i < n; i++) {
                mean += rows.data[i * d + j] / n;
            }
            for (int i = 0; i < n; i++) {
                centred.data[i * d + j] -= mean;
            }
        }
        DMatrixRMaj products = new DMatrixRMaj(n, n);
        CommonOps_DDRM.multTransB(centred, centred, products);
        SymmetricEigen eigen = SymmetricEigen.of(products).orElseThrow();
        double[] variances = IntStream.range(0, n)
                .mapToDouble(i -> eigen.value(i) / n)
                .sorted()
                .toArray();
        double others = DoubleStream.of(variances).limit(n - latent).sum() / (d - latent);
        double sum = d * (Math.log(2 * Math.PI) + 1) + (d - latent) * Math.log(others);
        for (int i = n - latent; i < n; i++) {
            sum += Math.log(variances[i]);
        }
        return -sum / 2;
    }

    /** Rows of three latent variables in twenty columns, without 30% of the values: the table of the documentation. */
    @ParameterizedTest
    @CsvSource({
        "300, 0.070, 0.077, 0.059, 0.057",
        "1200, 0.046, 0.048, 0.031, 0.030",
        "4800, 0.027, 0.027, 0.019, 0.018"
    })
    void missingValuesHideNoAxis(int n, double ofPca, double ofAnalysis, double pcaOfAll, double analysisOfAll) {
        int d = 20;
        int latent = 3;
        Random random = new Random(11);
        DMatrixRMaj axes = new DMatrixRMaj(d, latent);
        for (int i = 0; i < axes.getNumElements(); i++) {
            axes.data[i] = random.nextGaussian();
        }
        DMatrixRMaj rows = new DMatrixRMaj(n, d);
        for (int i = 0; i < n; i++) {
            double[] z =
                    random.doubles(latent).map(u -> Math.sqrt(12) * (u - 0.5)).toArray();
            for (int j = 0; j < d; j++) {
                double value = 10 + random.nextGaussian();
                for (int k = 0; k < latent; k++) {
                    value += axes.get(j, k) * z[k];
                }
                rows.set(i, j, value);
            }
        }
        DMatrixRMaj incomplete = holes(rows, 0.3);
        for (LinearOptions options : List.of(PPCA.withLatent(3), ANALYSIS.withLatent(3))) {
            LinearFit fit = LinearTrainer.fit(cut(incomplete), options);
            double angle = angle(axes, fit.model().loadings());
            assertThat(fit.converged()).isTrue();
            assertThat(angle).isCloseTo(options.isotropic() ? ofPca : ofAnalysis, within(1e-3));
            assertThat(angle(axes, LinearTrainer.fit(cut(rows), options).model().loadings()))
                    .isCloseTo(options.isotropic() ? pcaOfAll : analysisOfAll, within(1e-3));
        }
    }

    /** Returns the largest principal angle between two spaces of columns, in radians. */
    static double angle(DMatrixRMaj a, DMatrixRMaj b) {
        DMatrixRMaj left = orthonormal(a);
        DMatrixRMaj right = orthonormal(b);
        DMatrixRMaj inner = new DMatrixRMaj(a.numCols, b.numCols);
        CommonOps_DDRM.multTransA(left, right, inner);
        DMatrixRMaj square = new DMatrixRMaj(a.numCols, a.numCols);
        CommonOps_DDRM.multTransB(inner, inner, square);
        SymmetricEigen eigen = SymmetricEigen.of(square).orElseThrow();
        double least =
                IntStream.range(0, a.numCols).mapToDouble(eigen::value).min().orElseThrow();
        return Math.acos(Math.sqrt(Math.min(1, least)));
    }

    private static DMatrixRMaj orthonormal(DMatrixRMaj a) {
        DMatrixRMaj inner = new DMatrixRMaj(a.numCols, a.numCols);
        CommonOps_DDRM.multTransA(a, a, inner);
        DMatrixRMaj whitening = Cholesky.of(inner).orElseThrow().whitening();
        DMatrixRMaj q = new DMatrixRMaj(a.numRows, a.numCols);
        CommonOps_DDRM.mult(a, whitening, q);
        return q;
    }

    /** Two equal columns: one latent variable reproduces both, and their noise goes to 0. */
    @ParameterizedTest
    @ValueSource(doubles = {4, 0.1, 1e9 + 0.1})
    void namesColumnsWithoutNoise(double constant) {
        DMatrixRMaj wine = SampleTables.standardized("wine");
        DMatrixRMaj rows = new DMatrixRMaj(wine.numRows, 7);
        for (int i = 0; i < wine.numRows; i++) {
            for (int j = 0; j < 5; j++) {
                rows.set(i, j, wine.get(i, j));
            }
            rows.set(i, 5, wine.get(i, 0));
            rows.set(i, 6, constant);
        }
        LinearFit fit = LinearTrainer.fit(cut(rows), ANALYSIS.withLatent(1));
        assertThat(fit.bound()).containsExactly(0, 5);
        assertThat(fit.model().noise(0)).isCloseTo(ANALYSIS.regularization(), within(1e-12));
        assertThat(fit.model().noise(6)).isGreaterThan(1e-6); // a share of the mean variance
        assertThat(fit.warnings(List.of("a", "b", "c", "d", "e", "f", "g")))
                .anyMatch(text -> text.startsWith("the noise variance of a, f is at its lower bound, 1.0E-4"
                        + " of the variance of the column (a Heywood"
                        + " case)"));
        assertThat(LinearTrainer.fit(cut(wine), ANALYSIS).warnings(List.of())).isEmpty();
        assertThatThrownBy(() -> LinearTrainer.fit(cut(rows), ANALYSIS.withRegularization(0)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("column 6 of the features is constant");
    }

    /** Few rows on a line, of extreme scales: finite parameters or one clear sentence. */
    @Test
    void linesAndExtremeScalesStayFinite() {
        for (double scale : new double[] {1e-6, 1, 1e8}) {
            DMatrixRMaj line = new DMatrixRMaj(3, 4);
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 4; j++) {
                    line.set(i, j, scale * (i + 1) * (j + 1));
                }
            }
            for (LinearOptions options : both()) {
                LinearFit fit = LinearTrainer.fit(cut(line), options.withStopping(new StoppingRule(50, 1e-8)));
                assertThat(fit.meanLogLikelihood()).isFinite();
                assertThat(fit.model().loadings().data).doesNotContain(Double.NaN);
            }
            DMatrixRMaj equal = new DMatrixRMaj(3, 4);
            CommonOps_DDRM.fill(equal, scale);
            for (LinearOptions options : both()) {
                assertThatThrownBy(() -> LinearTrainer.fit(cut(equal), options))
                        .isInstanceOf(DataException.class)
                        .hasMessageStartingWith("the rows do not vary");
            }
        }
        DMatrixRMaj large = SampleTables.standardized("iris");
        CommonOps_DDRM.scale(1e200, large);
        for (LinearOptions options : both()) {
            assertThatThrownBy(() -> LinearTrainer.fit(cut(large), options))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("too large to be squared");
        }
    }

    @Test
    void theSeedDecidesTheBits() {
        DMatrixRMaj rows = holes(SampleTables.standardized("wine"), 0.2);
        LinearOptions few = ANALYSIS.withStopping(new StoppingRule(5, 0));
        double[] one = LinearTrainer.fit(cut(rows), few).model().loadings().data;
        assertThat(LinearTrainer.fit(cut(rows), few).model().loadings().data).containsExactly(one);
        assertThat(LinearTrainer.fit(cut(rows), few.withSeed(2)).model().loadings().data)
                .isNotEqualTo(one);
    }
}
