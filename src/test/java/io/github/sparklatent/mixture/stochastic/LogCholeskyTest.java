package io.github.sparklatent.mixture.stochastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.SampleSize;
import io.github.sparklatent.learn.em.EmRounds;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.mixture.Fits;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.Parameters;
import io.github.sparklatent.mixture.TestMixtures;
import io.github.sparklatent.mixture.em.CovariancePrior;
import io.github.sparklatent.mixture.em.MaximizationStep;
import io.github.sparklatent.mixture.em.MixtureEm;
import io.github.sparklatent.mixture.em.StatisticsLayout;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class LogCholeskyTest {
    private static final int K = 3;
    private static final int D = 4;
    private static final int ROWS = 300;

    private static MixtureParameters reference(CovarianceType type) {
        return TestMixtures.of(type, K, D, 2, 10, 1);
    }

    private static InMemoryRowBlocks rows(CovarianceType type) {
        return InMemoryRowBlocks.of(TestMixtures.rowsAround(reference(type), ROWS, 3), 128);
    }

    private static CovariancePrior prior(CovarianceType type) {
        return CovariancePrior.of(5, new SampleSize(ROWS, ROWS, ROWS), reference(type));
    }

    private static MixtureEm em(CovarianceType type, double regularization) {
        return Fits.em(new StatisticsLayout(type, K, D), regularization, prior(type));
    }

    private static double[] parameters(MixtureParameters reference, double length) {
        Random random = new Random(2);
        double[] parameters = new double[LogCholesky.length(StatisticsLayout.of(reference))];
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = (length * random.nextGaussian());
        }
        return parameters;
    }

    @ParameterizedTest
    @FieldSource("io.github.sparklatent.mixture.TestMixtures#UNFACTORED")
    void parametersOfZeroGiveTheReference(CovarianceType type) {
        MixtureParameters reference = reference(type);
        Parameters.assertClose(new LogCholesky(reference).at(parameters(reference, 0)), reference, 1e-14);
    }

    /** Central differences of the mean log-posterior, by steps of 2⁻⁷: errors of order 6e-5. */
    @ParameterizedTest
    @FieldSource("io.github.sparklatent.mixture.TestMixtures#UNFACTORED")
    void gradientIsThatOfFiniteDifferences(CovarianceType type) {
        MixtureParameters reference = reference(type);
        LogCholesky coordinates = new LogCholesky(reference);
        double[] parameters = parameters(reference, 0.2);
        double[] gradient = gradient(type, 0, coordinates, parameters);
        for (int i = 0; i < parameters.length; i++) {
            double[] up = parameters.clone();
            double[] down = parameters.clone();
            up[i] += 0x1p-7;
            down[i] -= 0x1p-7;
            double difference =
                    (objective(type, coordinates.at(up)) - objective(type, coordinates.at(down))) / (up[i] - down[i]);
            assertThat(-gradient[i])
                    .as("parameter %d", i)
                    .isCloseTo(difference, within(2e-4 * (1 + Math.abs(difference))));
        }
    }

    private static double objective(CovarianceType type, MixtureParameters mixture) {
        return em(type, 0)
                .objective(
                        MixedMixture.of(mixture),
                        rows(type).sums("", Fits.expectation(mixture)).sums());
    }

    private static double[] gradient(
            CovarianceType type, double regularization, LogCholesky coordinates, double[] parameters) {
        MixtureParameters mixture = coordinates.at(parameters);
        StatisticsLayout layout = StatisticsLayout.of(mixture);
        return coordinates.gradient(
                parameters,
                mixture,
                rows(type).sums("", Fits.expectation(mixture)).sums(),
                new MaximizationStep(layout, regularization, prior(type)));
    }

    /** Also with a regularisation, which is no gradient of a penalty of its own. */
    @ParameterizedTest
    @FieldSource("io.github.sparklatent.mixture.TestMixtures#UNFACTORED")
    void gradientIsZeroWhereEmHasConverged(CovarianceType type) {
        double regularization = 0.1;
        MixtureParameters converged = EmRounds.run(
                        em(type, regularization), rows(type), MixedMixture.of(reference(type)), 5000, 1e-13)
                .model()
                .gaussian();
        double[] gradient = gradient(type, regularization, new LogCholesky(converged), parameters(converged, 0));
        for (double derivative : gradient) {
            // A change below 1e-13 nats is a distance of 3e-7 at curvature 1, more where EM is
            // slow.
            assertThat(derivative).isCloseTo(0, within(2e-5));
        }
    }
}
