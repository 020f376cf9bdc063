package io.github.sparklatent.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.OptionsException;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.SymmetricEigen;
import io.github.sparklatent.mixture.Fits;
import io.github.sparklatent.mixture.MixtureScores;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.mixture.training.LinearTrainer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

/** The closed form against a dense Gaussian, a maximum, known axes, and other cuts of the rows. */
class ClosedFormTest {
    private static final int ROWS = 400;
    private static final int WIDTH = 6;
    private static final int LATENT = 2;
    private static final DMatrixRMaj X = rows();
    private static final List<String> NAMES = List.of("a", "b", "c", "d", "e", "f");
    private static final LinearFit FIT = fit(cut(X, ROWS), LATENT, 0);

    /** Rows W z + μ + noise whose mean is far from 0. */
    private static DMatrixRMaj rows() {
        Random random = new Random(1);
        DMatrixRMaj rows = new DMatrixRMaj(ROWS, WIDTH);
        for (int i = 0; i < ROWS; i++) {
            double a = 3 * random.nextGaussian();
            double b = 2 * random.nextGaussian();
            for (int j = 0; j < WIDTH; j++) {
                double signal = j % 2 == 0 ? a + j * b : b - j * a / 4;
                rows.set(i, j, 100 + signal + 0.5 * random.nextGaussian());
            }
        }
        return rows;
    }

    private static LinearFit fit(InMemoryRowBlocks data, int latent, double regularization) {
        return LinearTrainer.fit(data, LinearOptions.PPCA.withLatent(latent).withRegularization(regularization));
    }

    private static InMemoryRowBlocks cut(DMatrixRMaj rows, int height) {
        return InMemoryRowBlocks.of(rows, height);
    }

    private static DMatrixRMaj covariance(LinearGaussian model) {
        DMatrixRMaj covariance = new DMatrixRMaj(WIDTH, WIDTH);
        CommonOps_DDRM.multTransB(model.loadings(), model.loadings(), covariance);
        for (int j = 0; j < WIDTH; j++) {
            covariance.add(j, j, model.noise(0));
        }
        return covariance;
    }

    /** The mean log density of all rows under N(μ, C), by a d × d factorisation. */
    private static double denseMeanLogDensity(double[] mean, DMatrixRMaj covariance) {
        MixtureParameters gaussian = MixtureParameters.of(
                CovarianceType.FULL, new double[] {1}, DMatrixRMaj.wrap(1, WIDTH, mean), List.of(covariance));
        MixtureScores density = Fits.scores(gaussian);
        density.evaluate(X);
        double sum = 0;
        for (int i = 0; i < ROWS; i++) {
            sum += density.logDensity(i);
        }
        return sum / ROWS;
    }

    @Test
    void densitiesAreThoseOfTheDenseGaussian() {
        LinearGaussian model = FIT.model();
        LinearPosterior posterior = new LinearPosterior(model);
        posterior.evaluate(Block.of(X));
        double sum = 0;
        for (int i = 0; i < ROWS; i++) {
            sum += posterior.logDensity(i);
        }
        double dense = denseMeanLogDensity(model.mean(), covariance(model));
        // Three ways to the same figure; each is a sum of some thousand terms of order 10.
        assertThat(sum / ROWS).isCloseTo(dense, within(1e-9));
        assertThat(FIT.meanLogLikelihood()).isCloseTo(dense, within(1e-9));
        assertThat(Fits.meanLogLikelihood(model, cut(X, 7))).isCloseTo(dense, within(1e-9));
    }

    /**
     * Rows x = W z in the plane of W = s (1 0; 0 1; 1 1). The distance of x is |z|², and |M| is 3 s⁴, both up to a
     * relative error of σ² / s² ≤ 1e-14.
     */
    @Test
    void densitiesOfCollinearColumnsKeepTheirDigits() {
        for (double scale : new double[] {1e4, 1e6, 1e8}) {
            DMatrixRMaj loadings = new DMatrixRMaj(3, 2, true, scale, 0, 0, scale, scale, scale);
            LinearPosterior posterior = new LinearPosterior(new LinearGaussian(new double[3], loadings, 1e-6));
            DMatrixRMaj codes = new DMatrixRMaj(3, 2, true, 0, 0, 1, -2, 0.5, 1.5);
            DMatrixRMaj rows = new DMatrixRMaj(3, 3);
            CommonOps_DDRM.multTransB(codes, loadings, rows);
            posterior.evaluate(Block.of(rows));
            double mode = -0.5 * (3 * Math.log(2 * Math.PI) + Math.log(1e-6) + Math.log(3) + 4 * Math.log(scale));
            for (int i = 0; i < 3; i++) {
                double norm = Math.pow(codes.get(i, 0), 2) + Math.pow(codes.get(i, 1), 2);
                // The residual is the rounding of x: (3 × 1e8 × 2^-53)² / σ² = 1e-9.
                assertThat(posterior.logDensity(i)).isCloseTo(mode - norm / 2, within(1e-8));
            }
        }
    }

    /** Fits columns p, q and p + q: the rows have a mean distance of l, one for each axis. */
    @Test
    void likelihoodOfCollinearColumnsKeepsItsDigits() {
        Random random = new Random(4);
        DMatrixRMaj rows = new DMatrixRMaj(1000, 3);
        for (int i = 0; i < 1000; i++) {
            double p = 1e6 * random.nextGaussian();
            double q = 1e6 * random.nextGaussian();
            CommonOps_DDRM.insert(new DMatrixRMaj(1, 3, true, p, q, p + q), rows, i, 0);
        }
        LinearFit fit = fit(cut(rows, 256), 2, 1e-6);
        double expected = -0.5
                * (3 * Math.log(2 * Math.PI)
                        + Math.log(fit.variances()[0])
                        + Math.log(fit.variances()[1])
                        + Math.log(fit.model().noise(0))
                        + 2);
        // The axes are known to 1e-15, so residuals are 1e-9 and their squares 1e-12 σ².
        assertThat(Fits.meanLogLikelihood(fit.model(), cut(rows, 256))).isCloseTo(expected, within(1e-9));
    }

    /** A maximum: every step away from the parameters lowers the likelihood. */
    @Test
    void noOtherParametersAreMoreLikely() {
        Random random = new Random(2);
        for (int trial = 0; trial < 50; trial++) {
            DMatrixRMaj loadings = FIT.model().loadings();
            double[] mean = FIT.model().mean();
            for (int i = 0; i < loadings.getNumElements(); i++) {
                loadings.data[i] += 1e-2 * random.nextGaussian();
            }
            for (int j = 0; j < WIDTH; j++) {
                mean[j] += 1e-2 * random.nextGaussian();
            }
            double noise = FIT.model().noise(0) * Math.exp(1e-2 * random.nextGaussian());
            double other = denseMeanLogDensity(mean, covariance(new LinearGaussian(mean, loadings, noise)));
            assertThat(other).isLessThan(FIT.meanLogLikelihood());
        }
    }

    /** Of independent columns of variances 9, 4, 1, 1 the axes are the first two columns. */
    @Test
    void findsKnownAxes() {
        double[] deviations = {3, 2, 1, 1};
        DMatrixRMaj rows = new DMatrixRMaj(16, 4);
        for (int i = 0; i < 16; i++) { // all signs once: the covariance is exactly diagonal
            for (int j = 0; j < 4; j++) {
                rows.set(i, j, (i >> j & 1) == 0 ? deviations[j] : -deviations[j]);
            }
        }
        LinearFit fit = fit(cut(rows, 16), 2, 0);
        assertThat(fit.variances()).containsExactly(new double[] {9, 4, 1, 1}, within(1e-12));
        assertThat(fit.model().noise(0)).isCloseTo(1, within(1e-12));
        assertThat(fit.model().loadings().data)
                .containsExactly(new double[] {Math.sqrt(8), 0, 0, Math.sqrt(3), 0, 0, 0, 0}, within(1e-12));
        assertThat(fit.warnings(NAMES)).isEmpty();
    }

    @Test
    void theCutOfTheRowsDoesNotMatter() {
        for (int height : new int[] {1, 2, 7}) {
            LinearGaussian other = fit(cut(X, height), LATENT, 0).model();
            assertThat(other.noise(0)).isCloseTo(FIT.model().noise(0), within(1e-10));
            assertThat(other.loadings().data).containsExactly(FIT.model().loadings().data, within(1e-9));
        }
    }

    /** Only the leading axes of many columns are computed; the noise is what they leave of the variances. */
    @Test
    void likelihoodOfManyColumnsIsThatOfTheRows() {
        Random random = new Random(6);
        DMatrixRMaj rows = new DMatrixRMaj(40, 600);
        for (int at = 0; at < rows.getNumElements(); at++) {
            rows.data[at] = random.nextGaussian();
        }
        LinearFit fit = fit(cut(rows, 40), LATENT, 0);
        assertThat(fit.variances()).hasSize(LATENT);
        // Sums of 600 terms of order 1, and axes known to 1e-12 of their gap.
        assertThat(Fits.meanLogLikelihood(fit.model(), cut(rows, 40))).isCloseTo(fit.meanLogLikelihood(), within(1e-8));
        // 38 of the other eigenvalues are above 0: those of the products of centred rows, which are 40 x 40.
        for (int j = 0; j < 600; j++) {
            double mean = CommonOps_DDRM.elementSum(CommonOps_DDRM.extractColumn(rows, j, null)) / 40;
            for (int i = 0; i < 40; i++) {
                rows.add(i, j, -mean);
            }
        }
        SymmetricEigen products = SymmetricEigen.valuesOf(CommonOps_DDRM.multTransB(rows, rows, null))
                .orElseThrow();
        double others = IntStream.range(0, 40)
                .mapToDouble(products::value)
                .sorted()
                .limit(40 - LATENT)
                .sum();
        assertThat(fit.model().noise(0)).isCloseTo(others / 40 / (600 - LATENT), within(1e-10));
    }

    /** A weight of three counts as three rows. */
    @Test
    void aWeightIsANumberOfRows() {
        DMatrixRMaj twice = new DMatrixRMaj(ROWS + 2, WIDTH);
        CommonOps_DDRM.insert(X, twice, 0, 0);
        CommonOps_DDRM.insert(CommonOps_DDRM.extract(X, 0, 1, 0, WIDTH), twice, ROWS, 0);
        CommonOps_DDRM.insert(CommonOps_DDRM.extract(X, 0, 1, 0, WIDTH), twice, ROWS + 1, 0);
        double[] weights = new double[ROWS];
        Arrays.fill(weights, 1);
        weights[0] = 3;
        LinearGaussian weighted = fit(new InMemoryRowBlocks(List.of(List.of(new Block(X, weights, ROWS)))), LATENT, 0)
                .model();
        LinearGaussian repeated = fit(cut(twice, ROWS + 2), LATENT, 0).model();
        assertThat(weighted.noise(0)).isCloseTo(repeated.noise(0), within(1e-10));
        assertThat(weighted.loadings().data).containsExactly(repeated.loadings().data, within(1e-9));
    }

    /** E[z|x] and the reconstruction solve the normal equations of ridge regression on W. */
    @Test
    void codesAreTheMinimumOfTheirObjective() {
        LinearGaussian model = FIT.model();
        LinearPosterior posterior = new LinearPosterior(model);
        posterior.evaluate(Block.of(X));
        DMatrixRMaj w = model.loadings();
        DMatrixRMaj reconstructions = new DMatrixRMaj(0, 0);
        posterior.reconstruct(reconstructions);
        for (int i = 0; i < 10; i++) {
            for (int l = 0; l < LATENT; l++) {
                double gradient = -model.noise(0) * posterior.codes().get(i, l);
                for (int j = 0; j < WIDTH; j++) {
                    double residual = X.get(i, j) - reconstructions.get(i, j);
                    gradient += w.get(j, l) * residual;
                }
                // Of terms up to 1e2, in double precision.
                assertThat(gradient).isCloseTo(0, within(1e-9));
            }
        }
    }

    @Test
    void samplesHaveTheMomentsOfTheModel() {
        LinearGaussian model = FIT.model();
        requireMoments(index -> model.draw(3, index, true), covariance(model));
        DMatrixRMaj signal = new DMatrixRMaj(WIDTH, WIDTH);
        CommonOps_DDRM.multTransB(model.loadings(), model.loadings(), signal);
        requireMoments(index -> model.draw(3, index, false), signal);
        assertThat(model.draw(3, 5, true)).isEqualTo(model.draw(3, 5, true));
    }

    private static void requireMoments(LongFunction<double[]> sampler, DMatrixRMaj expected) {
        int n = 20_000;
        DMatrixRMaj drawn = new DMatrixRMaj(n, WIDTH);
        for (int i = 0; i < n; i++) {
            System.arraycopy(sampler.apply(i), 0, drawn.data, i * WIDTH, WIDTH);
        }
        double[] mean = FIT.model().mean();
        for (int i = 0; i < WIDTH; i++) { // five standard errors everywhere
            double ii = expected.get(i, i);
            double sum = 0;
            for (int row = 0; row < n; row++) {
                sum += drawn.get(row, i) - mean[i];
            }
            assertThat(sum / n).isCloseTo(0, within(5 * Math.sqrt(ii / n)));
            for (int j = 0; j < WIDTH; j++) {
                double products = 0;
                for (int row = 0; row < n; row++) {
                    products += (drawn.get(row, i) - mean[i]) * (drawn.get(row, j) - mean[j]);
                }
                double ij = expected.get(i, j);
                double spread = 5 * Math.sqrt((ii * expected.get(j, j) + ij * ij) / n);
                assertThat(products / n).isCloseTo(ij, within(spread));
            }
        }
    }

    /** The posterior covariance is also (I + Wᵀ W / σ²)⁻¹, here by a general inverse. */
    @Test
    void varianceIsThatOfThePosterior() {
        LinearGaussian model = FIT.model();
        DMatrixRMaj precision = CommonOps_DDRM.identity(LATENT);
        CommonOps_DDRM.multAddTransA(1 / model.noise(0), model.loadings(), model.loadings(), precision);
        CommonOps_DDRM.invert(precision);
        LinearPosterior posterior = new LinearPosterior(model);
        posterior.evaluate(Block.of(X));
        for (int l = 0; l < LATENT; l++) {
            assertThat(posterior.variances(3)[l]).isCloseTo(precision.get(l, l), within(1e-14));
        }
    }

    @Test
    void countsFreeParameters() {
        assertThat(freeParameters(64, 10)).isEqualTo(64 + 64 * 10 - 45 + 1);
        // A full covariance of 3 columns has 6 parameters, and the model of 2 axes reaches all.
        assertThat(freeParameters(3, 2)).isEqualTo(3 + 6);
    }

    private static long freeParameters(int d, int latent) {
        return MixtureParameters.of(new LinearGaussian(new double[d], new DMatrixRMaj(d, latent), 1))
                .freeParameters();
    }

    @Test
    void refusesWhatHasNoSolution() {
        assertThatThrownBy(() -> fit(cut(X, ROWS), WIDTH, 0))
                .isInstanceOf(OptionsException.class)
                .hasMessage("the rows have 6 columns for 6 latent variables, expected more columns than"
                        + " latent variables: use fewer latent variables or more columns");
        assertThatThrownBy(() -> fit(cut(new DMatrixRMaj(1, 50_000), 1), 2, 1e-6))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("the rows have 50000 columns, but closed-form collects the covariance"
                        + " of at most 10000: set model.fit = em");
        DMatrixRMaj large = X.copy();
        CommonOps_DDRM.scale(1e200, large);
        assertThatThrownBy(() -> fit(cut(large, ROWS), LATENT, 0))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("too large to be squared");
        DMatrixRMaj line = new DMatrixRMaj(10, 3);
        for (int i = 0; i < 10; i++) {
            line.set(i, 0, i);
        }
        assertThatThrownBy(() -> fit(cut(line, 10), 1, 0))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("there is no noise to estimate");
        assertThat(fit(cut(line, 10), 1, 1e-6).model().noise(0)).isEqualTo(1e-6);
        assertThatThrownBy(() -> new LinearGaussian(new double[] {0, 0}, new DMatrixRMaj(2, 1), Double.NaN))
                .hasMessageContaining("the noise variance is NaN");
    }

    /** The mean of 1000 rows of 0.1 is not exactly 0.1. */
    @Test
    void refusesRowsThatDoNotVary() {
        DMatrixRMaj equal = new DMatrixRMaj(1000, 3);
        CommonOps_DDRM.fill(equal, 0.1);
        for (DMatrixRMaj rows : List.of(equal, CommonOps_DDRM.extract(X, 0, 1, 0, 3))) {
            assertThatThrownBy(() -> fit(cut(rows, 7), 1, 1e-6))
                    .isInstanceOf(DataException.class)
                    .hasMessageStartingWith(
                            "the rows do not vary: the variance of all columns is 0 in the %d training rows"
                                    .formatted(rows.numRows));
        }
        equal.set(0, 0, Math.nextUp(0.1));
        assertThat(fit(cut(equal, 7), 1, 1e-6).model().noise(0)).isEqualTo(1e-6);
    }

    @Test
    void warnsIfTheRegularizationDetermines() {
        assertThat(FIT.warnings(NAMES)).isEmpty();
        double[] variances = FIT.variances();
        double between = (variances[0] + variances[1]) / 2;
        LinearFit fit = fit(cut(X, ROWS), LATENT, between);
        assertThat(fit.warnings(NAMES)).hasSize(2);
        assertThat(fit.warnings(NAMES).get(0)).startsWith("the noise variance is its lower bound " + between);
        assertThat(fit.warnings(NAMES).get(1)).startsWith("the codes of 1 of 2 latent variables hardly differ from 0");
        assertThat(fit(cut(X, ROWS), LATENT, 2 * FIT.model().noise(0)).warnings(NAMES))
                .hasSize(1);
    }
}
