package io.github.sparklatent.vae.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.objective.StochasticObjective;
import io.github.sparklatent.nn.likelihood.Bernoulli;
import io.github.sparklatent.vae.Samples;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.model.PosteriorCovariance;
import io.github.sparklatent.vae.objective.VariationalOptions.GradientEstimator;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two estimators of one gradient have the same mean. */
class EstimatorsAgreeTest {
    private static final int KEYS = 6000;
    private static final Architecture SMALL = Samples.architecture(2, 3, new Bernoulli(4));
    private static final FMatrixRMaj ROWS = Samples.rows(2, 4, 1);

    /**
     * Five standard errors of the difference of two means, entry by entry; by chance one of some 70 entries is beyond
     * them once in 25,000 choices of keys. The rounding of a float comes on top.
     */
    @ParameterizedTest
    @EnumSource(PosteriorCovariance.class)
    void scoreFunctionAndReparameterizedGradientsAgree(PosteriorCovariance covariance) {
        VariationalOptions options = VariationalOptions.DEFAULT.withSamples(4).withBeta(1.5);
        Architecture small = SMALL.withCovariance(covariance);
        Moments through = moments(small, options);
        Moments score = moments(small, options.withGradient(GradientEstimator.SCORE_FUNCTION));
        double difference = 0;
        double size = 0;
        for (int i = 0; i < through.mean.length; i++) {
            double error = Math.sqrt((through.variance[i] + score.variance[i]) / KEYS);
            assertThat(score.mean[i])
                    .as("derivative %d, standard error %s", i, error)
                    .isCloseTo(through.mean[i], within(5 * error + 1e-6));
            difference += Math.pow(score.mean[i] - through.mean[i], 2);
            size += Math.pow(through.mean[i], 2);
        }
        // With so many keys a wrong sign or a factor of 2 would be detected.
        assertThat(Math.sqrt(difference / size)).isLessThan(0.1);
    }

    @Test
    void scoreFunctionVariesMore() {
        VariationalOptions options = VariationalOptions.DEFAULT.withSamples(4);
        Moments through = moments(SMALL, options);
        Moments score = moments(SMALL, options.withGradient(GradientEstimator.SCORE_FUNCTION));
        double sum = 0;
        for (int i = 0; i < SMALL.networks(Kind.VARIATIONAL).decoderOffset(); i++) {
            sum += score.variance[i] - through.variance[i];
        }
        assertThat(sum).isPositive();
    }

    private static Moments moments(Architecture small, VariationalOptions options) {
        float[] parameters = Samples.parameters(small, Kind.VARIATIONAL, 0.5);
        StochasticObjective.Worker worker = new VariationalObjective(small, options).worker(ROWS.numRows);
        int length = parameters.length;
        Moments moments = new Moments(new double[length], new double[length]);
        float[] gradient = new float[length];
        for (int key = 0; key < KEYS; key++) {
            worker.gradient(
                    parameters,
                    ROWS,
                    Samples.ones(ROWS.numRows),
                    new StochasticObjective.Position(key, 0, 0),
                    gradient,
                    new double[3]);
            for (int i = 0; i < length; i++) { // Welford's update
                double before = gradient[i] - moments.mean[i];
                moments.mean[i] += before / (key + 1);
                moments.variance[i] += before * (gradient[i] - moments.mean[i]) / (KEYS - 1);
            }
        }
        return moments;
    }

    private record Moments(double[] mean, double[] variance) {}
}
