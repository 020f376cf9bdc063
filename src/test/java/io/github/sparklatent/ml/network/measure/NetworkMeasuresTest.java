package io.github.sparklatent.ml.network.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.learn.averaging.InMemoryShards;
import io.github.sparklatent.nn.likelihood.Gaussian;
import io.github.sparklatent.nn.likelihood.Likelihood;
import io.github.sparklatent.vae.Samples;
import io.github.sparklatent.vae.ScoringOptions;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import java.util.Map;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

class NetworkMeasuresTest {
    private static final FMatrixRMaj ROWS = new FMatrixRMaj(4, 4, true, 1, 0, 0, 1, 0, 1, 0, 0, 0, 0, 1, 1, 0, 1, 0, 1);

    private static Map<String, Object> measures(
            Kind kind, Likelihood likelihood, FMatrixRMaj rows, String zeros, int offset) {
        Architecture architecture = Samples.linear(3, likelihood);
        if (kind.hasComponents()) {
            architecture = architecture.withComponents(2);
        }
        float[] parameters = Samples.parameters(architecture, kind, 1);
        architecture.parameters(kind).stream()
                .filter(parameter -> parameter.name().equals(zeros))
                .forEach(parameter -> {
                    for (int i = offset; i < parameter.length(); i += parameter.columns()) {
                        parameters[parameter.offset() + i] = 0;
                    }
                });
        TrainedNetwork network = new TrainedNetwork(kind, architecture, parameters);
        return new NetworkMeasures(network, ScoringOptions.DEFAULT, 0, null).of(InMemoryShards.of(rows, 2), "rows");
    }

    /** The mean of the second dimension is its bias, whatever the row. */
    @Test
    void aDimensionWhoseMeanIsTheSameForAllRowsIsNotActive() {
        Likelihood gaussian = Gaussian.fixed(4, 1);
        assertThat(measures(Kind.VARIATIONAL, gaussian, ROWS, "", 0)).containsEntry("activeUnits", 3L);
        assertThat(measures(Kind.VARIATIONAL, gaussian, ROWS, "encoder.0.weights", 1))
                .containsEntry("activeUnits", 2L);
        assertThat(measures(Kind.MIXTURE, gaussian, ROWS, "", 0)).containsEntry("activeUnits", 3L);
        assertThat(measures(Kind.AUTOENCODER, gaussian, ROWS, "", 0)).doesNotContainKey("activeUnits");
    }
}
