package io.github.sparklatent.mixture.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.mixture.bayes.InferenceOptions.ElboGradient;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The mean of the estimators is the gradient. The target is a Gaussian, whose ELBO has a closed form: with the
 * precision P around 0,
 *
 * <pre>
 *   ELBO = −½ (μᵀ P μ + tr(Lᵀ P L)) + Σ log L_ii
 * </pre>
 */
class ElboGradientTest {
    private static final double[][] P = {{2, 0.5, 0}, {0.5, 1, -0.3}, {0, -0.3, 4}};
    private static final int ROUNDS = 4000;
    private static final int DRAWS = 8;

    private static ParameterPosterior posterior(ParameterPosterior.Form form) {
        return new ParameterPosterior(
                form,
                3,
                form == ParameterPosterior.Form.FULL
                        ? new double[] {0.3, -0.2, 0.5, -0.3, 0.4, 0.1, -0.2, 0.6, -0.5}
                        : new double[] {0.3, -0.2, 0.5, -0.3, 0.1, -0.5});
    }

    /** By finite differences of the ELBO along the steps of q; the error is O(h²) = 1e-6. */
    private static double[] gradient(ParameterPosterior q) {
        double[] gradient = new double[q.phi().length];
        for (int i = 0; i < gradient.length; i++) {
            float[] step = new float[gradient.length];
            step[i] = 0x1p-10f;
            double above = elbo(q.moved(step));
            step[i] = -0x1p-10f;
            gradient[i] = (above - elbo(q.moved(step))) * 0x1p9;
        }
        return gradient;
    }

    /** Mean and squared standard error of each entry of the gradient over many rounds. */
    private record Estimate(double[] mean, double[] squaredError, double variance) {}

    private static Estimate estimate(ElboGradient estimator, ParameterPosterior q) {
        double[] sum = new double[q.phi().length];
        double[] squares = new double[sum.length];
        for (int round = 0; round < ROUNDS; round++) {
            DMatrixRMaj noise = ParameterPosterior.noise(DRAWS, 3, 11, Purpose.PARAMETER_DRAW, round);
            double[] densities = new double[DRAWS];
            double[][] gradients = new double[DRAWS][3];
            for (int s = 0; s < DRAWS; s++) {
                double[] theta = q.draw(noise, s);
                for (int i = 0; i < 3; i++) {
                    for (int j = 0; j < 3; j++) {
                        gradients[s][i] -= P[i][j] * theta[j];
                    }
                    densities[s] += 0.5 * theta[i] * gradients[s][i];
                }
                densities[s] -= q.logDensity(noise, s);
            }
            double[] g = estimator.estimate(q, noise, densities, gradients);
            for (int i = 0; i < g.length; i++) {
                sum[i] += g[i];
                squares[i] += g[i] * g[i];
            }
        }
        double variance = 0;
        for (int i = 0; i < sum.length; i++) {
            sum[i] /= ROUNDS;
            double ofRounds = squares[i] / ROUNDS - sum[i] * sum[i];
            variance += ofRounds;
            squares[i] = ofRounds / ROUNDS;
        }
        return new Estimate(sum, squares, variance);
    }

    /**
     * Both means are within 4.5 standard errors of the gradient, which at most 18 numbers exceed with a probability of
     * 1e-4, and so they agree with each other. With three parameters, the score function has the greater variance by
     * far.
     */
    @ParameterizedTest
    @EnumSource(ParameterPosterior.Form.class)
    void bothEstimatorsAreUnbiased(ParameterPosterior.Form form) {
        ParameterPosterior q = posterior(form);
        double[] exact = gradient(q);
        Estimate path = estimate(ElboGradient.REPARAMETERIZED, q);
        Estimate score = estimate(ElboGradient.SCORE_FUNCTION, q);
        for (int i = 0; i < exact.length; i++) {
            assertThat(path.mean()[i]).isCloseTo(exact[i], within(4.5 * Math.sqrt(path.squaredError()[i])));
            assertThat(score.mean()[i]).isCloseTo(exact[i], within(4.5 * Math.sqrt(score.squaredError()[i])));
        }
        assertThat(score.variance()).isGreaterThan(path.variance());
    }

    private static double elbo(ParameterPosterior q) {
        double sum = 0;
        double[][] lower = new double[3][3];
        for (int i = 0; i < 3; i++) {
            for (int j = q.first(i); j <= i; j++) {
                double entry = q.phi()[q.at(i, j)];
                lower[i][j] = i == j ? Math.exp(entry) : entry;
                sum += i == j ? entry : 0;
            }
        }
        for (int a = 0; a < 3; a++) {
            for (int b = 0; b < 3; b++) {
                double second = q.mean()[a] * q.mean()[b];
                for (int k = 0; k < 3; k++) {
                    second += lower[a][k] * lower[b][k];
                }
                sum -= 0.5 * P[a][b] * second;
            }
        }
        return sum;
    }
}
