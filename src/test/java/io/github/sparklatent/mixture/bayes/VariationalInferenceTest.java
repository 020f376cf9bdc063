package io.github.sparklatent.mixture.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.SampleSize;
import io.github.sparklatent.learn.em.EmResult;
import io.github.sparklatent.learn.em.EmRounds;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.mixture.Fits;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.bayes.InferenceOptions.ElboGradient;
import io.github.sparklatent.mixture.em.StatisticsLayout;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.mixture.training.MixtureEvaluation;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VariationalInferenceTest {
    private static final int ROWS = 600;
    private static final int MAX_ROUNDS = 2000;

    static EmResult<VariationalInference.InferenceState> fit(
            MixtureParameters reference, VariationalPrior prior, InferenceOptions options, RowBlocks data) {
        var problem = new VariationalInference(reference, prior, options, 1e-4, 1);
        return EmRounds.run(problem, data, problem.start(data.rows()), MAX_ROUNDS, 1e-4);
    }

    private static VariationalBayes bayes(int components, int columns, VariationalPrior prior) {
        return new VariationalBayes(Fits.em(new StatisticsLayout(CovarianceType.FULL, components, columns), 0), prior);
    }

    /** Two Gaussians 6 deviations apart, in columns of variance about 1; or only the second. */
    private static DMatrixRMaj rows(int components) {
        Random random = new Random(5);
        DMatrixRMaj rows = new DMatrixRMaj(ROWS, 2);
        for (int i = 0; i < ROWS; i++) {
            double side = components == 2 && i % 3 == 0 ? -1.2 : 0.6;
            rows.set(i, 0, side + 0.3 * random.nextGaussian());
            rows.set(i, 1, random.nextGaussian() + 0.5 * side);
        }
        return rows;
    }

    private static VariationalPrior prior(int components) {
        MixtureParameters whole = MixtureParameters.of(
                CovarianceType.FULL, new double[] {1}, new DMatrixRMaj(1, 2), List.of(CommonOps_DDRM.identity(2)));
        return VariationalPrior.of(
                new BayesOptions(WeightPrior.DIRICHLET, 1, 1), components, whole, new SampleSize(ROWS, 0, 0));
    }

    /**
     * Variational Bayes has the exact posterior of one component, and of each of several that do not overlap; here,
     * they hardly do. Its Wishart and Student distributions are nearly Gaussian for 200 rows: a Gaussian q misses their
     * skewness of order 1 / √N = 7% of a deviation. The start is off by half a deviation of a component, 10 of the
     * posterior. So the means agree within a quarter of a posterior deviation, and the deviations within 10%.
     */
    @ParameterizedTest
    @CsvSource({
        "1, MEAN_FIELD, REPARAMETERIZED",
        "1, MEAN_FIELD, SCORE_FUNCTION",
        "1, FULL, REPARAMETERIZED",
        "1, FULL, SCORE_FUNCTION",
        "2, MEAN_FIELD, REPARAMETERIZED",
        "2, MEAN_FIELD, SCORE_FUNCTION",
        "2, FULL, REPARAMETERIZED",
        "2, FULL, SCORE_FUNCTION"
    })
    void posteriorIsThatOfVariationalBayes(int components, ParameterPosterior.Form form, ElboGradient gradient) {
        RowBlocks data = InMemoryRowBlocks.of(rows(components), 200);
        VariationalPrior prior = prior(components);
        DMatrixRMaj means = components == 1
                ? new DMatrixRMaj(1, 2, true, 0.6, 0.3)
                : new DMatrixRMaj(2, 2, true, -1.2, -0.6, 0.6, 0.3);
        MixtureParameters start = MixtureParameters.of(
                CovarianceType.FULL,
                components == 1 ? new double[] {1} : new double[] {0.4, 0.6},
                means,
                components == 1
                        ? List.of(CommonOps_DDRM.diag(0.09, 1))
                        : List.of(CommonOps_DDRM.diag(0.09, 1), CommonOps_DDRM.diag(0.09, 1)));
        EmResult<VariationalBayes.VariationalMixture> closed = EmRounds.run(
                bayes(components, 2, prior), data, VariationalBayes.start(MixedMixture.of(start), ROWS), 500, 1e-10);
        MixtureParameters exact = closed.model().mixture().gaussian();
        DMatrixRMaj moved = exact.means().copy();
        for (int k = 0; k < components; k++) {
            moved.add(k, 0, 0.15);
            moved.add(k, 1, -0.5);
        }
        MixtureParameters reference =
                MixtureParameters.of(CovarianceType.FULL, exact.weights(), moved, exact.covariances());

        var options = new InferenceOptions(form, gradient, 10, 0.1);
        EmResult<VariationalInference.InferenceState> result = fit(reference, prior, options, data);

        assertThat(result.converged()).isTrue();
        DMatrixRMaj summary = new VariationalInference(reference, prior, options, 1e-4, 1).summary(result.model());
        for (int k = 0; k < components; k++) {
            double size = closed.model().sizes()[k];
            double share = (1 + size) / (components + ROWS);
            assertThat(summary.get(0, k)).isCloseTo(share, within(0.25 * Math.sqrt(share * (1 - share) / ROWS) + 1e-9));
            for (int j = 0; j < 2; j++) {
                int at = components + 2 * k + j;
                double sigma = Math.sqrt(exact.covariance(k).get(j, j));
                double ofMean = sigma / Math.sqrt(1 + size);
                assertThat(summary.get(0, at)).isCloseTo(exact.means().get(k, j), within(0.25 * ofMean));
                assertThat(summary.get(1, at) / ofMean).isCloseTo(1, within(0.1));
                assertThat(summary.get(2, at)).isCloseTo(summary.get(0, at) - 1.96 * ofMean, within(0.3 * ofMean));
                assertThat(summary.get(3, at)).isCloseTo(summary.get(0, at) + 1.96 * ofMean, within(0.3 * ofMean));
                // log σ has the deviation 1 / √(2 ν), without its skewness and the rows between the components.
                double ofSigma = sigma / Math.sqrt(2 * (2 + size));
                int spread = at + 2 * components;
                assertThat(summary.get(0, spread)).isCloseTo(sigma, within(0.25 * ofSigma));
                assertThat(summary.get(1, spread) / ofSigma).isCloseTo(1, within(0.2));
            }
        }
        // Both are lower bounds of the same evidence and near it: the skewness takes some hundredths of a nat for each
        // of up to 11 parameters.
        assertThat(result.objective() * ROWS).isCloseTo(closed.objective() * ROWS, within(0.5));
        assertThat(result.history().get(result.rounds()).error() * ROWS).isBetween(0.0, 0.5);
    }

    /**
     * Two overlapping components, 2.5 deviations apart: self-normalised importance sampling gives the exact posterior
     * deviations. Variational Bayes takes the components of the rows as independent of the means, and its deviations
     * are far too small. The effective number of the 20,000 draws is above 2,000, an error of 1.6%; skewness is left.
     */
    @Test
    void deviationsAreRightIfComponentsOverlap() {
        Random random = new Random(3);
        DMatrixRMaj rows = new DMatrixRMaj(1000, 1);
        for (int i = 0; i < 1000; i++) {
            rows.set(i, 0, (i % 2 == 0 ? -1.25 : 1.25) + random.nextGaussian());
        }
        RowBlocks data = InMemoryRowBlocks.of(rows, 250);
        MixtureParameters whole = MixtureParameters.of(
                CovarianceType.FULL,
                new double[] {1},
                new DMatrixRMaj(1, 1),
                List.of(DMatrixRMaj.wrap(1, 1, new double[] {2.6})));
        VariationalPrior prior = new VariationalPrior(WeightPrior.DIRICHLET, 1, 1, whole, 1);
        MixtureParameters start = MixtureParameters.of(
                CovarianceType.FULL,
                new double[] {0.5, 0.5},
                new DMatrixRMaj(2, 1, true, -1, 1),
                List.of(CommonOps_DDRM.identity(1), CommonOps_DDRM.identity(1)));
        VariationalBayes.VariationalMixture bayes = EmRounds.run(
                        bayes(2, 1, prior), data, VariationalBayes.start(MixedMixture.of(start), 1000), 2000, 1e-9)
                .model();
        MixtureParameters reference = bayes.mixture().gaussian();
        var options = new InferenceOptions(ParameterPosterior.Form.FULL, ElboGradient.REPARAMETERIZED, 10, 0.1);
        VariationalInference.InferenceState fitted =
                fit(reference, prior, options, data).model();

        LogJoint joint = new LogJoint(reference, prior);
        ParameterPosterior q = fitted.posterior();
        int draws = 20_000;
        DMatrixRMaj noise = ParameterPosterior.noise(draws, q.parameters(), 9, Purpose.PARAMETER_DRAW, 0);
        double[] f = new double[draws];
        double[][] values = new double[2][draws];
        for (int s = 0; s < draws; s++) {
            double[] theta = q.draw(noise, s);
            LogJoint.Point point = joint.at(theta);
            f[s] = MixtureEvaluation.of(Fits.density(point.mixture()), data).meanLogLikelihood() * 1000
                    + joint.logPrior(point)
                    - q.logDensity(noise, s);
            values[0][s] = point.mixture().means().get(0, 0);
            values[1][s] = point.mixture().means().get(1, 0);
        }
        double greatest = Arrays.stream(f).max().orElseThrow();
        double[] weights = Arrays.stream(f).map(v -> Math.exp(v - greatest)).toArray();
        double total = Arrays.stream(weights).sum();
        double squares = Arrays.stream(weights).map(w -> w * w).sum();
        DMatrixRMaj summary = new VariationalInference(reference, prior, options, 1e-4, 1).summary(fitted);
        for (int k = 0; k < 2; k++) {
            double mean = 0;
            double square = 0;
            for (int s = 0; s < draws; s++) {
                mean += weights[s] / total * values[k][s];
                square += weights[s] / total * values[k][s] * values[k][s];
            }
            double exact = Math.sqrt(square - mean * mean);
            double independent = Math.sqrt(reference.variance(k, 0) / (1 + bayes.sizes()[k]));
            assertThat(summary.get(1, 2 + k) / exact).isCloseTo(1, within(0.15));
            assertThat(summary.get(0, 2 + k)).isCloseTo(mean, within(0.25 * exact));
            assertThat(independent / exact).isLessThan(0.6);
        }
    }
}
