package io.github.sparklatent.vae.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.averaging.Averaging;
import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.averaging.InMemoryShards;
import io.github.sparklatent.learn.optimizer.Optimizer;
import io.github.sparklatent.learn.optimizer.OuterOptimizer;
import io.github.sparklatent.learn.optimizer.Schedule;
import io.github.sparklatent.nn.likelihood.Gaussian;
import io.github.sparklatent.vae.Samples;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.model.Networks;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

/**
 * The ELBO of a linear variational autoencoder with one learnt variance has no other maxima than those of probabilistic
 * PCA's likelihood, and reaches it there (Lucas, Tucker, Grosse and Norouzi, Don't Blame the ELBO!, 2019); that maximum
 * has a closed form (Tipping and Bishop 1999, eq. 3):
 *
 * <pre>
 *   −½ (d log 2π + Σ_j≤l log λ_j + (d − l) log v + d),   v = mean of the other eigenvalues
 * </pre>
 */
class LinearVariationalTest {
    private static final int ROWS = 200;
    private static final int WIDTH = Ellipsoid.WIDTH;
    private static final int LATENT = Ellipsoid.LATENT;

    static final AveragingOptions OPTIONS = AveragingOptions.DEFAULT
            .withMaxEpochs(200)
            .withBatchSize(25)
            .withRoundsPerEpoch(1)
            .withOuter(OuterOptimizer.of(OuterOptimizer.Type.AVERAGE))
            .withOptimizer(Optimizer.DEFAULT.withLearningRate(0.03).withSchedule(Schedule.of(Schedule.Type.COSINE)));

    private final FMatrixRMaj rows = Ellipsoid.rows(ROWS);

    @Test
    void averagingReachesTheClosedFormOfTheLikelihood() {
        Architecture architecture = Samples.linear(LATENT, Gaussian.learnt(WIDTH));
        VariationalObjective objective =
                new VariationalObjective(architecture, VariationalOptions.DEFAULT.withSamples(2));
        float[] trained = Averaging.run(
                        objective,
                        InMemoryShards.of(rows, 2),
                        null,
                        architecture.initialize(Kind.VARIATIONAL, 1),
                        OPTIONS)
                .kept()
                .parameters();
        double[] sums = new double[3];
        new VariationalObjective(architecture, VariationalOptions.DEFAULT.withSamples(200))
                .worker(ROWS)
                .evaluate(trained, rows, Samples.ones(ROWS), sums);
        // Five standard errors of the mean of 40,000 samples whose deviation is under 2.
        assertThat(-sums[0] / ROWS).isCloseTo(greatest(rows), within(0.05));
        // The decoder alone: gradient ascent of probabilistic PCA.
        assertThat(logLikelihood(architecture.networks(Kind.VARIATIONAL), trained))
                .isCloseTo(greatest(rows), within(0.02));
    }

    /** Returns the mean of log N(x; b, W Wᵀ + v I) over the rows, with W, b and v of the decoder. */
    private double logLikelihood(Networks networks, float[] parameters) {
        int weights = networks.decoderOffset();
        int bias = weights + LATENT * WIDTH;
        DMatrixRMaj loadings = new DMatrixRMaj(LATENT, WIDTH);
        Arrays.setAll(loadings.data, k -> parameters[weights + k]);
        DMatrixRMaj covariance = new DMatrixRMaj(WIDTH, WIDTH);
        CommonOps_DDRM.multInner(loadings, covariance);
        for (int j = 0; j < WIDTH; j++) {
            covariance.add(j, j, Gaussian.MIN_VARIANCE + Math.exp(parameters[bias + WIDTH]));
        }
        DMatrixRMaj precision = new DMatrixRMaj(WIDTH, WIDTH);
        CommonOps_DDRM.invert(covariance, precision);
        double distances = 0;
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < WIDTH; j++) {
                for (int k = 0; k < WIDTH; k++) {
                    distances += (rows.get(i, j) - parameters[bias + j])
                            * precision.get(j, k)
                            * (rows.get(i, k) - parameters[bias + k]);
                }
            }
        }
        return -0.5 * (WIDTH * Math.log(2 * Math.PI) + Math.log(CommonOps_DDRM.det(covariance)) + distances / ROWS);
    }

    /** Returns the maximum of the mean log-likelihood of rows. */
    static double greatest(FMatrixRMaj rows) {
        double[] values = Ellipsoid.principal(rows).values();
        double sum = WIDTH * (Math.log(2 * Math.PI) + 1);
        double rest = 0;
        for (int j = 0; j < WIDTH; j++) {
            double eigenvalue = values[j] * values[j] / rows.numRows;
            if (j < LATENT) {
                sum += Math.log(eigenvalue);
            } else {
                rest += eigenvalue / (WIDTH - LATENT);
            }
        }
        return -0.5 * (sum + (WIDTH - LATENT) * Math.log(rest));
    }
}
