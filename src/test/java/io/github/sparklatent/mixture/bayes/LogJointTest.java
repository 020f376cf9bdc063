package io.github.sparklatent.mixture.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.linalg.Cholesky;
import io.github.sparklatent.mixture.Fits;
import io.github.sparklatent.mixture.TestMixtures;
import io.github.sparklatent.mixture.bayes.InferenceOptions.ElboGradient;
import io.github.sparklatent.mixture.em.StatisticsLayout;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureFactors;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.commons.math3.special.Gamma;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

class LogJointTest {
    private static final int ROWS = 300;
    private static final double BETA = 0.7;

    static List<Arguments> priors() {
        return TestMixtures.UNFACTORED.stream()
                .flatMap(type -> Arrays.stream(WeightPrior.values()).map(weights -> Arguments.of(type, weights)))
                .toList();
    }

    private static VariationalPrior prior(CovarianceType type, WeightPrior weights, int d) {
        return new VariationalPrior(weights, 1.7, BETA, TestMixtures.of(type, 1, d, 0.5, 0.3, 7), 1);
    }

    /** Returns log p(X, θ). */
    private static double density(LogJoint joint, double[] theta, InMemoryRowBlocks rows) {
        LogJoint.Point point = joint.at(theta);
        return statistics(point.mixture(), rows)[StatisticsLayout.LOG_LIKELIHOOD] + joint.logPrior(point);
    }

    private static double[] statistics(MixtureParameters mixture, InMemoryRowBlocks rows) {
        return rows.sums("", Fits.expectation(mixture)).sums();
    }

    /** Central differences with steps of 1e-5. The reference is not the prior's, and θ is not 0. */
    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("priors")
    void gradientIsThatOfFiniteDifferences(CovarianceType type, WeightPrior weights) {
        MixtureParameters reference = TestMixtures.of(type, 3, 4, 2, 1, 1);
        InMemoryRowBlocks rows = InMemoryRowBlocks.of(TestMixtures.rowsAround(reference, 50, 3), 16);
        LogJoint joint = new LogJoint(reference, prior(type, weights, 4));
        Random random = new Random(2);
        double[] theta = random.doubles(LogJoint.parameters(StatisticsLayout.of(reference)), -0.4, 0.4)
                .toArray();
        LogJoint.Point point = joint.at(theta);
        double[] gradient = joint.gradient(point, statistics(point.mixture(), rows));
        assertThat(gradient).hasSameSizeAs(theta);
        for (int i = 0; i < theta.length; i++) {
            double[] up = theta.clone();
            double[] down = theta.clone();
            up[i] += 1e-5;
            down[i] -= 1e-5;
            double difference = (density(joint, up, rows) - density(joint, down, rows)) / 2e-5;
            assertThat(gradient[i])
                    .as("parameter %d", i)
                    .isCloseTo(difference, within(1e-6 * (1 + Math.abs(difference))));
        }
    }

    /**
     * One component has a conjugate prior, whose evidence p(X) is known. It is the mean of p(X, θ) / q(θ) over draws of
     * a q that is near the posterior: variational inference from a start that is off. The ratio varies by 0.2, so 4,000
     * draws have an error of 0.003, of which four are allowed.
     */
    @ParameterizedTest
    @FieldSource("io.github.sparklatent.mixture.TestMixtures#UNFACTORED")
    void evidenceOfOneComponentIsThatOfItsConjugatePrior(CovarianceType type) {
        int d = 2;
        DMatrixRMaj x = TestMixtures.rowsAround(TestMixtures.of(type, 1, d, 1, 0, 4), ROWS, 5);
        InMemoryRowBlocks rows = InMemoryRowBlocks.of(x, 64);
        VariationalPrior prior = prior(type, WeightPrior.DIRICHLET, d);
        MixtureParameters reference = TestMixtures.of(type, 1, d, 0.2, 0, 2);
        var options = new InferenceOptions(ParameterPosterior.Form.FULL, ElboGradient.REPARAMETERIZED, 10, 0.1);
        ParameterPosterior q = VariationalInferenceTest.fit(reference, prior, options, rows)
                .model()
                .posterior();

        LogJoint joint = new LogJoint(reference, prior);
        int draws = 4000;
        DMatrixRMaj noise = ParameterPosterior.noise(draws, q.parameters(), 5, Purpose.PARAMETER_DRAW, 0);
        double exact = evidence(type, prior, x);
        double sum = 0;
        for (int s = 0; s < draws; s++) {
            sum += Math.exp(density(joint, q.draw(noise, s), rows) - q.logDensity(noise, s) - exact) / draws;
        }
        assertThat(Math.log(sum)).isCloseTo(0, within(0.012));
    }

    /** Bishop 2006, exercise 10.13 and appendix B: the ratio of the normalisers of prior and posterior. */
    private static double evidence(CovarianceType type, VariationalPrior prior, DMatrixRMaj x) {
        int n = x.numRows;
        int d = x.numCols;
        DMatrixRMaj scatter = new DMatrixRMaj(d, d);
        double[] mean = new double[d];
        for (int j = 0; j < d; j++) {
            for (int i = 0; i < n; i++) {
                mean[j] += x.get(i, j) / n;
            }
        }
        for (int a = 0; a < d; a++) {
            for (int b = 0; b < d; b++) {
                double pull = (mean[a] - prior.mean().data[a]) * (mean[b] - prior.mean().data[b]);
                scatter.set(a, b, BETA * n / (BETA + n) * pull);
                for (int i = 0; i < n; i++) {
                    scatter.add(a, b, (x.get(i, a) - mean[a]) * (x.get(i, b) - mean[b]));
                }
            }
        }
        double nu = d;
        double common = -0.5 * n * d * Math.log(2 * Math.PI) + 0.5 * d * Math.log(BETA / (BETA + n));
        DMatrixRMaj scale = prior.inverseScale();
        if (type.isSquare()) {
            DMatrixRMaj posterior = new DMatrixRMaj(d, d);
            CommonOps_DDRM.add(scale, scatter, posterior);
            double sum = common + 0.5 * n * d * Math.log(2);
            for (int i = 0; i < d; i++) {
                sum += Gamma.logGamma(0.5 * (nu + n - i)) - Gamma.logGamma(0.5 * (nu - i));
            }
            return sum
                    + 0.5 * nu * Cholesky.of(scale).orElseThrow().logDeterminant()
                    - 0.5 * (nu + n) * Cholesky.of(posterior).orElseThrow().logDeterminant();
        }
        int columns = type == CovarianceType.SPHERICAL ? d : 1;
        double sum = common;
        for (int j = 0; j < d; j += columns) {
            double shape = 0.5 * nu * columns;
            double rate = 0.5 * scale.data[j] * columns;
            double all = shape + 0.5 * n * columns;
            double rateOfAll = rate;
            for (int c = j; c < j + columns; c++) {
                rateOfAll += 0.5 * scatter.get(c, c);
            }
            sum += Gamma.logGamma(all) - Gamma.logGamma(shape) + shape * Math.log(rate) - all * Math.log(rateOfAll);
        }
        return sum;
    }

    /** A tied covariance has one prior, and each further mean that of a mean given the covariance. */
    @ParameterizedTest
    @EnumSource(WeightPrior.class)
    void furtherMeansOfATiedCovarianceAreNormal(WeightPrior weights) {
        int d = 3;
        VariationalPrior prior = prior(CovarianceType.TIED, weights, d);
        MixtureParameters two = TestMixtures.of(CovarianceType.TIED, 2, d, 1, 0, 6);
        MixtureParameters one = MixtureParameters.of(
                CovarianceType.TIED,
                new double[] {1},
                CommonOps_DDRM.extract(two.means(), 1, 2, 0, d),
                two.covariances());
        double[] theta = new Random(3).doubles(1 + 2 * d + 6, -0.5, 0.5).toArray();
        double[] ofOne = Arrays.copyOfRange(theta, 1 + d, theta.length);
        LogJoint joint = new LogJoint(two, prior);
        LogJoint.Point point = joint.at(theta);
        double ofWeights =
                weights.logDensity(prior.concentration(), point.mixture().weights(), new double[2]);
        double ofMean = 0.5 * d * Math.log(BETA / (2 * Math.PI));
        double square = MixtureFactors.of(point.mixture()).squaredDistances(prior.mean())[0];
        double logDeterminant = 0;
        for (int i = 0; i < d; i++) {
            logDeterminant += theta[1 + 2 * d + i * (i + 3) / 2]; // of A; that of L is the Jacobian of the mean
        }
        LogJoint first = new LogJoint(one, prior);
        assertThat(joint.logPrior(point))
                .isCloseTo(
                        first.logPrior(first.at(ofOne)) + ofWeights + ofMean - 0.5 * BETA * square - logDeterminant,
                        within(1e-10));
    }

    /** The integral over the logits is 1, and its terms are the densities of three weights. */
    @ParameterizedTest
    @EnumSource(WeightPrior.class)
    void priorOfTheWeightsIsADensity(WeightPrior weights) {
        double step = 0.25;
        double sum = 0;
        for (double a = -30; a <= 30; a += step) {
            for (double b = -30; b <= 30; b += step) {
                double greatest = Math.max(0, Math.max(a, b));
                double log = greatest + Math.log(Math.exp(a - greatest) + Math.exp(b - greatest) + Math.exp(-greatest));
                double[] shares = {Math.exp(a - log), Math.exp(b - log), Math.exp(-log)};
                sum += step * step * Math.exp(weights.logDensity(1.4, shares, new double[3]));
            }
        }
        assertThat(sum).isCloseTo(1, within(1e-6));
    }
}
