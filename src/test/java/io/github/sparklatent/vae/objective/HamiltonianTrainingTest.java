package io.github.sparklatent.vae.objective;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.learn.averaging.Averaging;
import io.github.sparklatent.learn.averaging.InMemoryShards;
import io.github.sparklatent.learn.objective.StochasticObjective;
import io.github.sparklatent.nn.LayerSpec;
import io.github.sparklatent.nn.likelihood.Gaussian;
import io.github.sparklatent.vae.Samples;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

/**
 * A linear decoder with an encoder that cannot give the posterior: its hidden layer of one unit passes on one number
 * for two latent variables. The exact log-likelihood of the trained decoder is compared with the maximum, that of
 * probabilistic PCA (see {@link LinearVariationalTest}).
 */
class HamiltonianTrainingTest {
    private static final int ROWS = 200;
    private static final int WIDTH = Ellipsoid.WIDTH;
    private static final int LATENT = Ellipsoid.LATENT;
    private static final Architecture NARROW =
            Samples.linear(LATENT, Gaussian.learnt(WIDTH)).withEncoder(List.of(new LayerSpec.Width(1)));

    private final FMatrixRMaj rows = Ellipsoid.rows(ROWS);

    /**
     * The bias of the variational autoencoder is the second factor, which its decoder does not use: ½ log(λ₂ / v) and
     * more. The chains leave a tenth of it at most, which is the noise of the gradients at a learning rate of nearly 0.
     */
    @Test
    void chainsRemoveTheBiasOfTheEncoder() {
        double variational = gap(Kind.VARIATIONAL, new VariationalObjective(NARROW, VariationalOptions.DEFAULT));
        double chains = gap(
                Kind.DEEP_LATENT_GAUSSIAN,
                new HamiltonianObjective(NARROW, HamiltonianOptions.DEFAULT.withChainSteps(10)));
        assertThat(variational).isGreaterThan(0.3);
        assertThat(chains).isBetween(0.0, 0.03);
    }

    /** Returns the maximum of the mean log-likelihood less that of the trained decoder. */
    private double gap(Kind kind, StochasticObjective objective) {
        float[] trained = Averaging.run(
                        objective,
                        InMemoryShards.of(rows, 2),
                        null,
                        NARROW.initialize(kind, 1),
                        LinearVariationalTest.OPTIONS.withMaxEpochs(150))
                .kept()
                .parameters();
        int decoder = NARROW.networks(kind).decoderOffset();
        DMatrixRMaj weights = new DMatrixRMaj(LATENT, WIDTH);
        double[] bias = new double[WIDTH];
        for (int j = 0; j < WIDTH; j++) {
            for (int k = 0; k < LATENT; k++) {
                weights.set(k, j, trained[decoder + k * WIDTH + j]);
            }
            bias[j] = trained[decoder + LATENT * WIDTH + j];
        }
        double variance = Math.exp(trained[decoder + (LATENT + 1) * WIDTH]);
        return LinearVariationalTest.greatest(rows) - logLikelihood(weights, bias, variance);
    }

    /** Mean over the rows of log N(x; b, Wᵀ W + v I). */
    private double logLikelihood(DMatrixRMaj weights, double[] bias, double variance) {
        DMatrixRMaj covariance = CommonOps_DDRM.identity(WIDTH);
        CommonOps_DDRM.scale(variance, covariance);
        CommonOps_DDRM.multAddTransA(weights, weights, covariance);
        DMatrixRMaj precision = new DMatrixRMaj(WIDTH, WIDTH);
        CommonOps_DDRM.invert(covariance, precision);
        double sum = WIDTH * Math.log(2 * Math.PI) + Math.log(CommonOps_DDRM.det(covariance));
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < WIDTH; j++) {
                for (int k = 0; k < WIDTH; k++) {
                    double product = (rows.get(i, j) - bias[j]) * (rows.get(i, k) - bias[k]);
                    sum += precision.get(j, k) * product / ROWS;
                }
            }
        }
        return -sum / 2;
    }
}
