package io.github.sparklatent.inference.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.gmm.bayes.BayesOptions;
import io.github.sparklatent.gmm.bayes.VariationalBayes;
import io.github.sparklatent.gmm.bayes.VariationalMixture;
import io.github.sparklatent.gmm.bayes.VariationalPrior;
import io.github.sparklatent.gmm.bayes.WeightPrior;
import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.gmm.model.MixtureParameters;
import io.github.sparklatent.inference.Inference;
import io.github.sparklatent.inference.InferenceOptions;
import io.github.sparklatent.inference.InferenceResult;
import io.github.sparklatent.inference.ModelSettings;
import io.github.sparklatent.inference.ParameterSummary;
import io.github.sparklatent.inference.PosteriorForm;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.SampleSize;
import io.github.sparklatent.learn.em.EmLoop;
import io.github.sparklatent.learn.em.EmResult;
import io.github.sparklatent.learn.em.EmState;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.learn.em.StoppingRule;
import io.github.sparklatent.linalg.Block;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

class BayesianMixtureTest {
    private static final int ROWS = 600;

    private static BayesianMixture model(int columns, Map<String, Double> settings) {
        List<String> names = List.of("a", "b", "c").subList(0, columns);
        return new BayesianMixture(names, new ModelSettings(settings));
    }

    /** Two Gaussians 6 deviations apart, in columns of variance about 1. */
    private static DMatrixRMaj rows() {
        Random random = new Random(5);
        DMatrixRMaj rows = new DMatrixRMaj(ROWS, 2);
        for (int i = 0; i < ROWS; i++) {
            double side = i % 3 == 0 ? -1.2 : 0.6;
            rows.set(i, 0, side + 0.3 * random.nextGaussian());
            rows.set(i, 1, random.nextGaussian() + 0.5 * side);
        }
        return rows;
    }

    /**
     * exp(−800) is 0. With α = 1 the prior of the weights is constant, so the log prior changes by the log Jacobian
     * alone, Σ_k log π_k = −800 − 2 log(1 + e⁻⁸⁰⁰).
     */
    @Test
    void aWeightMayBeRoundedToZero() {
        BayesianMixture model = model(2, Map.of("components", 2.0, "concentration", 1.0));
        double[] theta = new double[model.parameters().free()];
        double[] gradient = new double[theta.length];
        double even = model.logPrior(theta, null) + 2 * Math.log(2);
        theta[0] = -800;
        assertThat(model.logPrior(theta, gradient)).isCloseTo(even - 800, within(1e-11));
        assertThat(gradient[0]).isEqualTo(1);
        DMatrixRMaj densities = new DMatrixRMaj(1, ROWS);
        model.likelihood(new DMatrixRMaj(1, theta.length, true, theta))
                .evaluate(Block.of(rows()), densities, new DMatrixRMaj(1, theta.length));
        assertThat(densities.data).doesNotContain(Double.NaN);
    }

    @Test
    void gradientsAgreeWithFiniteDifferences() {
        Random random = new Random(9);
        DMatrixRMaj rows = new DMatrixRMaj(7, 3, true, random.doubles(21, -2, 2).toArray());
        Block block = new Block(rows, random.doubles(7, 0.5, 2).toArray(), 7);
        DensityGradients.check(
                model(
                        3,
                        Map.of(
                                "components", 3.0,
                                "concentration", 1.7,
                                "meanPrecision", 0.4,
                                "degreesOfFreedom", 4.5,
                                "scatter", 1.3)),
                block);
    }

    /** The density of a row by its formula, with a plain inverse and determinant. */
    @Test
    void densityIsThatOfAMixture() {
        BayesianMixture model = model(2, Map.of());
        double[] theta = DensityGradients.theta(model, 3);
        double[] values = new double[model.parameters().size()];
        model.parameters().constrain(theta, values);
        double[] x = {0.4, -0.9};
        double density = 0;
        for (int k = 0; k < 2; k++) {
            int at = 6 + 3 * k;
            DMatrixRMaj lower = new DMatrixRMaj(2, 2, true, values[at], 0, values[at + 1], values[at + 2]);
            DMatrixRMaj precision = new DMatrixRMaj(2, 2);
            CommonOps_DDRM.multTransB(lower, lower, precision);
            double a = x[0] - values[2 + 2 * k];
            double b = x[1] - values[3 + 2 * k];
            double square = precision.get(0, 0) * a * a + 2 * precision.get(0, 1) * a * b + precision.get(1, 1) * b * b;
            density += values[k] * Math.sqrt(CommonOps_DDRM.det(precision)) / (2 * Math.PI) * Math.exp(-0.5 * square);
        }
        Block block = Block.of(new DMatrixRMaj(1, 2, true, x));
        DMatrixRMaj draws = new DMatrixRMaj(1, theta.length, true, theta);
        assertThat(DensityGradients.logLikelihood(model, block, draws, 0)).isCloseTo(Math.log(density), within(1e-12));
    }

    /**
     * The prior of one component and one column is a density of θ = (μ, log L): its integral is 1. The grid covers all
     * but 1e-6 of the probability, and the trapezoidal rule is exact to more digits for such functions.
     */
    @Test
    void priorIsADensity() {
        BayesianMixture model = model(
                1,
                Map.of(
                        "components", 1.0,
                        "meanPrecision", 2.0,
                        "degreesOfFreedom", 9.0,
                        "scatter", 5.0));
        double sum = 0;
        double step = 0.02;
        for (double mean = -8; mean <= 8; mean += step) {
            for (double log = -3; log <= 2; log += step) {
                sum += step * step * Math.exp(model.logPrior(new double[] {mean, log}, null));
            }
        }
        assertThat(sum).isCloseTo(1, within(1e-4));
    }

    /** A mean over the weights of a Dirichlet prior: the integral over u is 1, too. */
    @Test
    void priorOfTheWeightsIsADensity() {
        double[] theta = {0, 0, 0, 0, 0};
        double[] integrals = new double[2];
        for (int i = 0; i < 2; i++) {
            BayesianMixture model = model(1, Map.of("components", 2.0, "concentration", i == 0 ? 1.0 : 3.0));
            for (double u = -30; u <= 30; u += 0.01) {
                theta[0] = u;
                integrals[i] += 0.01 * Math.exp(model.logPrior(theta, null));
            }
        }
        assertThat(integrals[0] / integrals[1]).isCloseTo(1, within(1e-9));
    }

    /**
     * Variational Bayes has the exact posterior of each component, given its rows, if the components do not overlap;
     * here, they hardly do. Its Wishart and Student distributions are nearly Gaussian for 200 rows: a Gaussian q misses
     * their skewness of order 1 / √N = 7% of a deviation, and the mean of the last windows has an error of 3% of one.
     * So the means agree within a quarter of a posterior deviation, and the deviations within 10%.
     */
    @Test
    void posteriorMeansAreThoseOfVariationalBayes() {
        DMatrixRMaj rows = rows();
        InMemoryRowBlocks data = InMemoryRowBlocks.of(rows, 200);
        MixtureParameters whole = MixtureParameters.of(
                CovarianceType.FULL, new double[] {1}, new DMatrixRMaj(1, 2), List.of(CommonOps_DDRM.identity(2)));
        VariationalPrior prior =
                VariationalPrior.of(new BayesOptions(WeightPrior.DIRICHLET, 1, 1), 2, whole, SampleSize.ofCounts(ROWS));
        MixtureParameters start = MixtureParameters.of(
                CovarianceType.FULL,
                new double[] {0.4, 0.6},
                new DMatrixRMaj(2, 2, true, -1.2, -0.6, 0.6, 0.3),
                List.of(CommonOps_DDRM.identity(2), CommonOps_DDRM.identity(2)));
        EmResult<VariationalMixture> closed = EmLoop.run(
                new VariationalBayes(CovarianceType.FULL, 2, prior, 0),
                data,
                EmState.start(VariationalBayes.start(start, ROWS)),
                new StoppingRule(500, 1e-10),
                (round, state) -> {});

        BayesianMixture model = model(2, Map.of());
        InferenceResult result = Inference.fit(model, data, InferenceOptions.DEFAULT.withPosterior(PosteriorForm.FULL));

        List<ParameterSummary> found = ParameterSummary.of(model.parameters(), result.posterior(), 1);
        MixtureParameters mixture = closed.model().mixture();
        int[] order = found.get(2).mean() < 0 ? new int[] {0, 1} : new int[] {1, 0};
        for (int k = 0; k < 2; k++) {
            int of = order[k];
            double size = closed.model().sizes()[k];
            double share = (1 + size) / (2 + ROWS);
            assertThat(found.get(of).mean()).isCloseTo(share, within(0.25 * Math.sqrt(share * (1 - share) / ROWS)));
            for (int j = 0; j < 2; j++) {
                ParameterSummary mean = found.get(2 + 2 * of + j);
                double deviation = Math.sqrt(mixture.covariance(k).get(j, j) / (1 + size));
                assertThat(mean.mean()).isCloseTo(mixture.means().get(k, j), within(0.25 * deviation));
                assertThat(mean.deviation() / deviation).isCloseTo(1, within(0.1));
            }
        }
        // Both are lower bounds of the same log evidence, and both are near it: the difference is
        // that of the skewness above, some hundredths of a nat for each of 11 parameters.
        assertThat(result.last().objective() * ROWS).isCloseTo(closed.objective() * ROWS, within(0.5));
        assertThat(result.converged()).isTrue();
    }

    /** The mean and covariance of 20,000 rows, within 5 standard errors. */
    @Test
    void samplesHaveTheMomentsOfTheMixture() {
        BayesianMixture model = model(2, Map.of());
        double[] theta = DensityGradients.theta(model, 8);
        double[] values = new double[model.parameters().size()];
        model.parameters().constrain(theta, values);
        double[] expected = new double[4];
        for (int k = 0; k < 2; k++) {
            int at = 6 + 3 * k;
            double a = values[at];
            double b = values[at + 1];
            double c = values[at + 2];
            double determinant = a * a * c * c;
            double[] mean = {values[2 + 2 * k], values[3 + 2 * k]};
            expected[0] += values[k] * mean[0];
            expected[1] += values[k] * mean[1];
            expected[2] += values[k] * ((b * b + c * c) / determinant + mean[0] * mean[0]);
            expected[3] += values[k] * (-a * b / determinant + mean[0] * mean[1]);
        }
        int n = 20000;
        double[] sums = new double[4];
        double[] squares = new double[4];
        double[] row = new double[2];
        for (int i = 0; i < n; i++) {
            RandomGenerator random = RandomStreams.of(1, Purpose.PREDICTED_ROW, i);
            model.sample(theta, random, row);
            double[] moments = {row[0], row[1], row[0] * row[0], row[0] * row[1]};
            for (int j = 0; j < 4; j++) {
                sums[j] += moments[j] / n;
                squares[j] += moments[j] * moments[j] / n;
            }
        }
        for (int j = 0; j < 4; j++) {
            double error = Math.sqrt((squares[j] - sums[j] * sums[j]) / n);
            assertThat(sums[j]).isCloseTo(expected[j], within(5 * error));
        }
    }

    @Test
    void refusesWrongSettings() {
        assertThatThrownBy(() -> model(2, Map.of("component", 3.0)))
                .hasMessage("there is no setting component, expected components, concentration,"
                        + " meanPrecision, degreesOfFreedom, scatter");
        assertThatThrownBy(() -> model(2, Map.of("components", 1.5)))
                .hasMessage("the setting components is 1.5, expected a whole number from 1 to 1000");
        assertThatThrownBy(() -> model(2, Map.of("scatter", 0.0)))
                .hasMessage("the setting scatter is 0.0, expected a finite number above 0");
        assertThatThrownBy(() -> model(3, Map.of("degreesOfFreedom", 2.0)))
                .hasMessageContaining("expected a number above 2");
    }
}
