package io.github.sparklatent.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.nn.LayerSpec;
import io.github.sparklatent.nn.Parameter;
import io.github.sparklatent.nn.likelihood.Bernoulli;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.util.List;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

/** What lies within a trained network, against sums by hand. */
class HiddenLayerTest {
    private static final int ROWS = 7;
    private static final int WIDTH = 5;
    private static final int LATENT = 2;
    private static final Architecture SMALL = Samples.architecture(LATENT, 4, new Bernoulli(WIDTH));
    private static final FMatrixRMaj TABLE = Samples.rows(ROWS, WIDTH, 9);

    private static TrainedNetwork network(Architecture architecture, Kind kind) {
        return new TrainedNetwork(kind, architecture, Samples.parameters(architecture, kind, 0.5));
    }

    private static HiddenLayer layer(TrainedNetwork network, String name) {
        return HiddenLayer.of(network).stream()
                .filter(layer -> layer.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Parameter parameter(TrainedNetwork network, String name) {
        return network.architecture().parameters(network.kind()).stream()
                .filter(p -> p.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void codesAreThoseOfTheScorer() {
        for (Kind kind : new Kind[] {Kind.AUTOENCODER, Kind.VARIATIONAL}) {
            TrainedNetwork network = network(SMALL, kind);
            HiddenLayer code = layer(network, HiddenLayer.CODE);
            FMatrixRMaj expected = new FMatrixRMaj(0, 0);
            network.scorer(ROWS, ScoringOptions.DEFAULT).encode(TABLE, expected);
            assertThat(code.inputs()).isEqualTo(WIDTH);
            assertThat(code.outputs()).isEqualTo(LATENT);
            assertThat(code.worker(ROWS).apply(TABLE).data).startsWith(expected.data);
        }
    }

    @Test
    void aLayerIsTheActivationOfItsSums() {
        Architecture judged = SMALL.withAuxiliary(List.of(new LayerSpec.Width(3)));
        TrainedNetwork network = network(judged, Kind.VARIATIONAL_ADVERSARIAL);
        for (String name : List.of("encoder.0", "discriminator.0")) {
            HiddenLayer layer = layer(network, name);
            Parameter weights = parameter(network, name + ".weights");
            int bias = weights.offset() + weights.length();
            float[] parameters = network.parameters();
            FMatrixRMaj found = layer.worker(ROWS).apply(TABLE);
            assertThat(found.numCols).isEqualTo(layer.outputs());
            for (int i = 0; i < ROWS; i++) {
                for (int k = 0; k < layer.outputs(); k++) {
                    double sum = parameters[bias + k];
                    for (int j = 0; j < WIDTH; j++) {
                        int at = j * layer.outputs() + k;
                        sum += (double) TABLE.get(i, j) * parameters[weights.offset() + at];
                    }
                    // Floats of at most 1, of five products each: 1e-6.
                    assertThat((double) found.get(i, k)).isCloseTo(Math.tanh(sum), within(1e-6));
                }
            }
        }
    }

    /** What is sent to each task has the first layer's parameters, not those of all networks. */
    @Test
    void aLayerCarriesItsOwnParametersOnly() throws IOException {
        Architecture wide = SMALL.withAuxiliary(List.of(new LayerSpec.Width(100), new LayerSpec.Width(10_000)));
        TrainedNetwork network = network(wide, Kind.VARIATIONAL_ADVERSARIAL);
        int own = (WIDTH + 1) * 100 * Float.BYTES;
        assertThat(network.parameters().length).isGreaterThan(1_000_000);
        // Beside the numbers names of classes and fields, some kilobytes.
        assertThat(bytes(layer(network, "discriminator.0"))).isBetween(own, own + 10_000);
    }

    private static int bytes(Object sent) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(sent);
        }
        return bytes.size();
    }

    @Test
    void theLastLayersAreNotHidden() {
        Architecture judged = SMALL.withAuxiliary(List.of(new LayerSpec.Width(3)));
        assertThat(names(network(judged, Kind.VARIATIONAL_ADVERSARIAL)))
                .containsExactly("encoder.0", "code", "discriminator.0");
        assertThat(names(network(judged, Kind.ADVERSARIAL))).containsExactly("discriminator.0");
        assertThat(names(network(judged.withComponents(3), Kind.CLASSIFYING))).containsExactly("encoder.0", "code");
    }

    private static List<String> names(TrainedNetwork network) {
        return HiddenLayer.of(network).stream().map(HiddenLayer::name).toList();
    }
}
