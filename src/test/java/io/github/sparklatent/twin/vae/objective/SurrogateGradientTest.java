package io.github.sparklatent.twin.vae.objective;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.linalg.DoubleProducts;
import io.github.sparklatent.twin.GradientCheck;
import io.github.sparklatent.twin.learn.objective.StochasticObjective;
import io.github.sparklatent.twin.nn.likelihood.Bernoulli;
import io.github.sparklatent.twin.nn.likelihood.Decoder;
import io.github.sparklatent.twin.vae.latent.GaussianPosterior;
import io.github.sparklatent.twin.vae.model.Architecture;
import io.github.sparklatent.twin.vae.model.Kind;
import io.github.sparklatent.twin.vae.model.Networks;
import io.github.sparklatent.twin.vae.objective.VariationalOptions.Bound;
import io.github.sparklatent.twin.vae.objective.VariationalOptions.GradientEstimator;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/**
 * Gradients that are of no value the worker reports, against central differences of the function that they are the
 * gradient of, written out here once more from mean and variance of the codes.
 */
class SurrogateGradientTest {
    private static final int SAMPLES = 4;
    private static final double BETA = 0.6;
    private static final double LOG_TWO_PI = StrictMath.log(2 * Math.PI);
    private static final StochasticObjective.Position POSITION = new StochasticObjective.Position(5, 0, 0);

    private final Architecture architecture = Small.architecture(new Bernoulli(Small.WIDTH));
    private final Networks networks = architecture.networks(Kind.VARIATIONAL);
    private final double[] parameters = Small.parameters(architecture, Kind.VARIATIONAL);
    private final DMatrixRMaj rows = Small.rows();
    private final int n = rows.numRows;
    private final GaussianPosterior posterior = new GaussianPosterior(networks, n, new DoubleProducts());
    private final Decoder.Worker decoder = networks.conditional().worker(n, new DoubleProducts());
    private final double[][] noise = noise();

    /** The noise that the worker draws for this key: sample by sample, row by row. */
    private double[][] noise() {
        var random = RandomStreams.of(POSITION.key(), Purpose.LATENT_NOISE);
        double[][] noise = new double[SAMPLES][n * Small.LATENT];
        for (double[] sample : noise) {
            Arrays.setAll(sample, k -> random.nextGaussian());
        }
        return noise;
    }

    /**
     * The score-function gradient is that of −Σ_i share_i Σ_s (1/L log p(x_i|z_is) + a_is log q(z_is|x_i)) at fixed z
     * and a, a_is = 1/L (f_is − the mean f of the row's other samples).
     */
    @Test
    void scoreFunction() {
        double[] gradient = gradient(VariationalOptions.DEFAULT
                .withSamples(SAMPLES)
                .withBeta(BETA)
                .withGradient(GradientEstimator.SCORE_FUNCTION));
        posterior.encode(parameters, rows);
        double[][] codes = new double[SAMPLES][];
        double[][] f = new double[SAMPLES][];
        for (int s = 0; s < SAMPLES; s++) {
            codes[s] = codes(s);
            f[s] = densities(codes[s]);
            for (int i = 0; i < n; i++) {
                f[s][i] += BETA * (logPrior(codes[s], i) - logPosterior(codes[s], i));
            }
        }
        double[][] advantage = new double[SAMPLES][n];
        for (int s = 0; s < SAMPLES; s++) {
            for (int i = 0; i < n; i++) {
                double others = 0;
                for (int t = 0; t < SAMPLES; t++) {
                    others += t == s ? 0 : f[t][i] / (SAMPLES - 1);
                }
                advantage[s][i] = (f[s][i] - others) / SAMPLES;
            }
        }
        GradientCheck.check("the score function's surrogate", parameters, 0, gradient, () -> {
            posterior.encode(parameters, rows);
            double sum = 0;
            for (int s = 0; s < SAMPLES; s++) {
                double[] density = densities(codes[s]);
                for (int i = 0; i < n; i++) {
                    double score = advantage[s][i] * logPosterior(codes[s], i);
                    sum -= share(i) * (density[i] / SAMPLES + score);
                }
            }
            return sum;
        });
    }

    /** −Σ_i share_i log 1/L Σ_s p(x_i|z_is) (p(z_is) / q(z_is|x_i))^β at z = μ + σ ε. */
    @Test
    void importanceWeightedWithLessPressure() {
        double[] gradient = gradient(
                VariationalOptions.DEFAULT.withSamples(SAMPLES).withBeta(BETA).withBound(Bound.IWAE));
        GradientCheck.check("the tempered bound", parameters, 0, gradient, () -> {
            posterior.encode(parameters, rows);
            double[] mean = new double[n];
            for (int s = 0; s < SAMPLES; s++) {
                double[] codes = codes(s);
                double[] density = densities(codes);
                for (int i = 0; i < n; i++) {
                    double ratio = logPrior(codes, i) - logPosterior(codes, i);
                    mean[i] += StrictMath.exp(density[i] + BETA * ratio) / SAMPLES;
                }
            }
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum -= share(i) * StrictMath.log(mean[i]);
            }
            return sum;
        });
    }

    private double[] gradient(VariationalOptions options) {
        double[] gradient = new double[parameters.length];
        new VariationalObjective(architecture, options)
                .worker(n)
                .gradient(parameters, rows, Small.WEIGHTS, POSITION, gradient, new double[3]);
        return gradient;
    }

    private static double share(int row) {
        return Small.WEIGHTS[row] / Arrays.stream(Small.WEIGHTS).sum();
    }

    private double[] codes(int sample) {
        double[] codes = new double[n * Small.LATENT];
        Arrays.setAll(codes, k -> posterior.mean()[k] + posterior.deviation()[k] * noise[sample][k]);
        return codes;
    }

    private double[] densities(double[] codes) {
        double[] density = new double[n];
        decoder.decode(parameters, DMatrixRMaj.wrap(n, Small.LATENT, codes), rows);
        decoder.density(parameters, rows, density);
        return density;
    }

    private static double logPrior(double[] codes, int row) {
        double sum = 0;
        for (int k = row * Small.LATENT; k < (row + 1) * Small.LATENT; k++) {
            sum -= 0.5 * (LOG_TWO_PI + codes[k] * codes[k]);
        }
        return sum;
    }

    private double logPosterior(double[] codes, int row) {
        double sum = 0;
        for (int k = row * Small.LATENT; k < (row + 1) * Small.LATENT; k++) {
            double distance = (codes[k] - posterior.mean()[k]) / posterior.deviation()[k];
            sum -= 0.5 * (LOG_TWO_PI + posterior.logVariance()[k] + distance * distance);
        }
        return sum;
    }
}
