package io.github.sparklatent.vae.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.nn.likelihood.Bernoulli;
import io.github.sparklatent.vae.NetworkScorer;
import io.github.sparklatent.vae.Samples;
import io.github.sparklatent.vae.ScoringOptions;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.model.PosteriorCovariance;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

class DivergenceTest {
    private static final int STEPS = 20_000;

    /**
     * ∫ q log(q / p) by the trapezoidal rule over μ ± 12 σ, dimension by dimension: its own error is far under that of
     * the floats that mean and variance are held in, some 10⁻⁷ each.
     */
    @Test
    void closedFormIsTheIntegral() {
        Architecture architecture = Samples.architecture(3, 6, new Bernoulli(5));
        TrainedNetwork network = new TrainedNetwork(
                Kind.VARIATIONAL, architecture, Samples.parameters(architecture, Kind.VARIATIONAL, 0.7));
        FMatrixRMaj rows = Samples.rows(6, 5, 2);
        NetworkScorer scorer = network.scorer(6, ScoringOptions.DEFAULT);
        FMatrixRMaj mean = new FMatrixRMaj(0, 0);
        FMatrixRMaj variance = new FMatrixRMaj(0, 0);
        double[] divergence = new double[6];
        scorer.encode(rows, mean, variance);
        scorer.measure(rows, new double[6], divergence);
        for (int i = 0; i < 6; i++) {
            double sum = 0;
            for (int j = 0; j < 3; j++) {
                sum += integral(mean.get(i, j), variance.get(i, j));
            }
            assertThat(sum).isGreaterThan(0.05);
            assertThat(divergence[i]).isCloseTo(sum, within(1e-5 * (1 + sum)));
        }
    }

    /**
     * KL(N(μ, S) || N(0, I)) = ½ (tr S + μᵀμ − l − log det S), of a linear encoder whose weights are 0, so that its
     * biases are μ, log σ² and L below the diagonal.
     */
    @Test
    void closedFormOfAFullCovariance() {
        Architecture architecture = Samples.linear(3, new Bernoulli(5)).withCovariance(PosteriorCovariance.FULL);
        float[] parameters = new float[architecture.parameterCount(Kind.VARIATIONAL)];
        float[] heads = {0.3f, -1, 2, 0.5f, -0.7f, 0, 0.8f, -0.4f, 1.5f};
        System.arraycopy(heads, 0, parameters, 5 * heads.length, heads.length);
        DMatrixRMaj lower = new DMatrixRMaj(3, 3);
        double expected = -3;
        for (int j = 0; j < 3; j++) {
            lower.set(j, j, Math.exp(0.5 * heads[3 + j]));
            expected += heads[j] * heads[j];
        }
        lower.set(1, 0, heads[6]);
        lower.set(2, 0, heads[7]);
        lower.set(2, 1, heads[8]);
        DMatrixRMaj covariance = new DMatrixRMaj(3, 3);
        CommonOps_DDRM.multTransB(lower, lower, covariance);
        expected += CommonOps_DDRM.trace(covariance) - Math.log(CommonOps_DDRM.det(covariance));
        double[] divergence = new double[2];
        new TrainedNetwork(Kind.VARIATIONAL, architecture, parameters)
                .scorer(2, ScoringOptions.DEFAULT)
                .measure(Samples.rows(2, 5, 2), new double[2], divergence);
        assertThat(divergence[1]).isCloseTo(expected / 2, within(1e-6 * expected));
    }

    private static double integral(double mean, double variance) {
        double width = 24 * Math.sqrt(variance) / STEPS;
        double sum = 0;
        for (int k = 0; k <= STEPS; k++) {
            double z = mean + (k - STEPS / 2) * width;
            double logQ = -0.5 * (Math.log(2 * Math.PI * variance) + (z - mean) * (z - mean) / variance);
            double logP = -0.5 * (Math.log(2 * Math.PI) + z * z);
            sum += Math.exp(logQ) * (logQ - logP) * (k == 0 || k == STEPS ? 0.5 : 1);
        }
        return sum * width;
    }
}
