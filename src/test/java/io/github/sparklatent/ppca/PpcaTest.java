package io.github.sparklatent.ppca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.gmm.model.Mixture;
import io.github.sparklatent.gmm.model.MixtureDensity;
import io.github.sparklatent.gmm.model.MixtureFactors;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.linalg.Block;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

/** The closed form against a dense Gaussian, a maximum, known axes, and other cuts of the rows. */
class PpcaTest {
    private static final int ROWS = 400;
    private static final int WIDTH = 6;
    private static final int LATENT = 2;
    private static final DMatrixRMaj X = rows();
    private static final Ppca.Fit FIT = Ppca.fit(cut(X, ROWS), LATENT, 0);

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

    private static InMemoryRowBlocks cut(DMatrixRMaj rows, int height) {
        return InMemoryRowBlocks.of(rows, height);
    }

    private static DMatrixRMaj covariance(Ppca model) {
        DMatrixRMaj covariance = new DMatrixRMaj(WIDTH, WIDTH);
        CommonOps_DDRM.multTransB(model.loadings(), model.loadings(), covariance);
        for (int j = 0; j < WIDTH; j++) {
            covariance.add(j, j, model.noise());
        }
        return covariance;
    }

    /** The mean log density of all rows under N(μ, C), by a d × d factorisation. */
    private static double denseMeanLogDensity(double[] mean, DMatrixRMaj covariance) {
        Mixture gaussian =
                Mixture.of(
                        CovarianceType.FULL,
                        new double[] {1},
                        DMatrixRMaj.wrap(1, WIDTH, mean),
                        List.of(covariance));
        MixtureDensity density = new MixtureDensity(MixtureFactors.of(gaussian));
        density.evaluate(X);
        double sum = 0;
        for (int i = 0; i < ROWS; i++) {
            sum += density.logDensity(i);
        }
        return sum / ROWS;
    }

    @Test
    void densitiesAreThoseOfTheDenseGaussian() {
        Ppca model = FIT.model();
        PpcaPosterior posterior = new PpcaPosterior(model);
        posterior.evaluate(X);
        double sum = 0;
        for (int i = 0; i < ROWS; i++) {
            sum += posterior.logDensity(i);
        }
        double dense = denseMeanLogDensity(model.mean(), covariance(model));
        // Three ways to the same figure; each is a sum of some thousand terms of order 10.
        assertThat(sum / ROWS).isCloseTo(dense, within(1e-9));
        assertThat(FIT.meanLogLikelihood()).isCloseTo(dense, within(1e-9));
        double[] sums = cut(X, 7).sums("", new PpcaPosterior.Evaluation(model)).sums();
        assertThat(
                        sums[PpcaPosterior.Evaluation.LOG_LIKELIHOOD]
                                / sums[PpcaPosterior.Evaluation.WEIGHT])
                .isCloseTo(dense, within(1e-9));
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
            double noise = FIT.model().noise() * Math.exp(1e-2 * random.nextGaussian());
            double other = denseMeanLogDensity(mean, covariance(new Ppca(mean, loadings, noise)));
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
        Ppca.Fit fit = Ppca.fit(cut(rows, 16), 2, 0);
        assertThat(fit.variances()).containsExactly(new double[] {9, 4, 1, 1}, within(1e-12));
        assertThat(fit.model().noise()).isCloseTo(1, within(1e-12));
        assertThat(fit.model().loadings().data)
                .containsExactly(
                        new double[] {Math.sqrt(8), 0, 0, Math.sqrt(3), 0, 0, 0, 0}, within(1e-12));
        assertThat(fit.explained()).containsExactly(new double[] {0.6, 4.0 / 15}, within(1e-12));
    }

    @Test
    void theCutOfTheRowsDoesNotMatter() {
        for (int height : new int[] {1, 2, 7}) {
            Ppca other = Ppca.fit(cut(X, height), LATENT, 0).model();
            assertThat(other.noise()).isCloseTo(FIT.model().noise(), within(1e-10));
            assertThat(other.loadings().data)
                    .containsExactly(FIT.model().loadings().data, within(1e-9));
        }
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
        Ppca weighted =
                Ppca.fit(
                                new InMemoryRowBlocks(
                                        List.of(List.of(new Block(X, weights, ROWS)))),
                                LATENT,
                                0)
                        .model();
        Ppca repeated = Ppca.fit(cut(twice, ROWS + 2), LATENT, 0).model();
        assertThat(weighted.noise()).isCloseTo(repeated.noise(), within(1e-10));
        assertThat(weighted.loadings().data)
                .containsExactly(repeated.loadings().data, within(1e-9));
    }

    /** E[z|x] and the reconstruction solve the normal equations of ridge regression on W. */
    @Test
    void codesAreTheMinimumOfTheirObjective() {
        Ppca model = FIT.model();
        PpcaPosterior posterior = new PpcaPosterior(model);
        posterior.evaluate(X);
        DMatrixRMaj w = model.loadings();
        for (int i = 0; i < 10; i++) {
            for (int l = 0; l < LATENT; l++) {
                double gradient = -model.noise() * posterior.codes().get(i, l);
                for (int j = 0; j < WIDTH; j++) {
                    double residual = X.get(i, j) - posterior.reconstructions().get(i, j);
                    gradient += w.get(j, l) * residual;
                }
                // Of terms up to 1e2, in double precision.
                assertThat(gradient).isCloseTo(0, within(1e-9));
            }
        }
    }

    @Test
    void samplesHaveTheMomentsOfTheModel() {
        int n = 20_000;
        PpcaSampler sampler = new PpcaSampler(FIT.model(), 3, true);
        DMatrixRMaj drawn = new DMatrixRMaj(n, WIDTH);
        for (int i = 0; i < n; i++) {
            System.arraycopy(sampler.row(i), 0, drawn.data, i * WIDTH, WIDTH);
        }
        assertThat(sampler.row(5)).isEqualTo(new PpcaSampler(FIT.model(), 3, true).row(5));
        Moments moments = Moments.of(cut(drawn, 256));
        DMatrixRMaj expected = covariance(FIT.model());
        for (int j = 0; j < WIDTH; j++) {
            // Five standard errors.
            double error = 5 * Math.sqrt(expected.get(j, j) / n);
            assertThat(moments.mean()[j]).isCloseTo(FIT.model().mean()[j], within(error));
            double spread = 5 * expected.get(j, j) * Math.sqrt(2.0 / n);
            assertThat(moments.covariance().get(j, j))
                    .isCloseTo(expected.get(j, j), within(spread));
        }
    }

    @Test
    void refusesWhatHasNoSolution() {
        assertThatThrownBy(() -> Ppca.fit(cut(X, ROWS), WIDTH, 0))
                .isInstanceOf(DataException.class)
                .hasMessage("model.latent is 6, but the rows have 6 numbers: must be less");
        DMatrixRMaj line = new DMatrixRMaj(10, 3);
        for (int i = 0; i < 10; i++) {
            line.set(i, 0, i);
        }
        assertThatThrownBy(() -> Ppca.fit(cut(line, 10), 1, 0))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("there is no noise to estimate");
        assertThat(Ppca.fit(cut(line, 10), 1, 1e-6).model().noise()).isEqualTo(1e-6);
        assertThatThrownBy(() -> new Ppca(new double[] {0, 0}, new DMatrixRMaj(2, 1), Double.NaN))
                .hasMessageContaining("the noise variance is NaN");
    }
}
