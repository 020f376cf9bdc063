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
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

class DivergenceTest {
    private static final int STEPS = 20_000;

    /**
     * ∫ q log(q / p) by the trapezoidal rule over μ ± 12 σ, dimension by dimension: its own error
     * is far under that of the floats that mean and variance are held in, some 10⁻⁷ each.
     */
    @Test
    void closedFormIsTheIntegral() {
        Architecture architecture = Samples.architecture(3, 6, new Bernoulli(5));
        TrainedNetwork network =
                new TrainedNetwork(
                        Kind.VARIATIONAL,
                        architecture,
                        Samples.parameters(architecture, Kind.VARIATIONAL, 0.7));
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

    private static double integral(double mean, double variance) {
        double width = 24 * Math.sqrt(variance) / STEPS;
        double sum = 0;
        for (int k = 0; k <= STEPS; k++) {
            double z = mean + (k - STEPS / 2) * width;
            double logQ =
                    -0.5 * (Math.log(2 * Math.PI * variance) + (z - mean) * (z - mean) / variance);
            double logP = -0.5 * (Math.log(2 * Math.PI) + z * z);
            sum += Math.exp(logQ) * (logQ - logP) * (k == 0 || k == STEPS ? 0.5 : 1);
        }
        return sum * width;
    }
}
