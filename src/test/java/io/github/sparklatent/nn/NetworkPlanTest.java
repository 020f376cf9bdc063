package io.github.sparklatent.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Which layers a list stands for, by their sizes and by their parameters' names. */
class NetworkPlanTest {
    private static final LayerSpec DENSE = new LayerSpec.Width(100);
    private static final Initialization HE = Initialization.HE_UNIFORM;

    private static NetworkPlan plan(int width, ImageShape image) {
        return new NetworkPlan(width, image, Activation.RELU, HE);
    }

    private static List<Integer> sizes(Network network) {
        return network.layers().stream().map(Layer::outputs).toList();
    }

    /** 50,000 · 50,000 is more than an int holds; as an int it would be negative. */
    @Test
    void aNetworkOfMoreParametersThanAnArrayHoldsIsRefused() {
        List<Parameter> two = List.of(new Parameter("a", 0, 50_000, 50_000), new Parameter("b", 0, 30_000, 30_000));
        assertThatThrownBy(() -> Parameter.length(two))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a network of 3400000000 parameters is more than one array holds");
    }

    @Test
    void denseLayers() {
        NetworkPlan plan = plan(784, null);
        List<LayerSpec> hidden = List.of(new LayerSpec.Width(500), new LayerSpec.Width(300));
        Network encoder = plan.encoder("encoder", hidden, 40);
        assertThat(encoder.inputs()).isEqualTo(784);
        assertThat(sizes(encoder)).containsExactly(500, 300, 40);
        assertThat(encoder.layers())
                .containsExactly(
                        new Dense(784, 500, Activation.RELU, HE),
                        new Dense(500, 300, Activation.RELU, HE),
                        new Dense(300, 40, Activation.LINEAR, HE));
        Network decoder = plan.decoder("decoder", 20, NetworkPlan.reversed(hidden), 784);
        assertThat(decoder.layers())
                .containsExactly(
                        new Dense(20, 300, Activation.RELU, HE),
                        new Dense(300, 500, Activation.RELU, HE),
                        new Dense(500, 784, Activation.LINEAR, HE));
    }

    @Test
    void noHiddenLayersAreOneProductEachWay() {
        NetworkPlan plan = plan(7, null);
        assertThat(plan.encoder("encoder", List.of(), 3).layers())
                .containsExactly(new Dense(7, 3, Activation.LINEAR, HE));
        assertThat(plan.decoder("decoder", 3, List.of(), 14).layers())
                .containsExactly(new Dense(3, 14, Activation.LINEAR, HE));
    }

    @Test
    void parametersLieWithoutGapsUnderTheirNames() {
        Network encoder = plan(7, null).encoder("encoder", List.of(new LayerSpec.Width(5)), 4);
        assertThat(encoder.parameters())
                .containsExactly(
                        new Parameter("encoder.0.weights", 0, 7, 5),
                        new Parameter("encoder.0.bias", 35, 1, 5),
                        new Parameter("encoder.1.weights", 40, 5, 4),
                        new Parameter("encoder.1.bias", 60, 1, 4));
        assertThat(Parameter.length(encoder.parameters())).isEqualTo(64);
        assertThat(new Network("both", List.of(encoder)).parameters().get(3))
                .isEqualTo(new Parameter("both.0.encoder.1.bias", 60, 1, 4));
    }

    @Test
    void convolutionsAndTheirMirror() {
        ImageShape image = new ImageShape(1, 28, 28);
        List<LayerSpec> hidden = List.of(new LayerSpec.Kernel(32, 3, 2), new LayerSpec.Kernel(64, 4, 2), DENSE);
        NetworkPlan plan = plan(784, image);
        assertThat(sizes(plan.encoder("encoder", hidden, 40))).containsExactly(32 * 14 * 14, 64 * 7 * 7, 100, 40);
        Network decoder = plan.decoder("decoder", 20, NetworkPlan.reversed(hidden), 1568);
        assertThat(decoder.layers())
                .containsExactly(
                        new Dense(20, 100, Activation.RELU, HE),
                        new Dense(100, 64 * 7 * 7, Activation.RELU, HE),
                        new Convolution(new ImageShape(32, 14, 14), 64, 4, 2, 1, Activation.RELU, HE, true),
                        new Convolution(new ImageShape(2, 28, 28), 32, 3, 2, 1, Activation.LINEAR, HE, true));
    }

    @Test
    void theDefaultPaddingKeepsTheSizeOfOddKernels() {
        assertThat(new LayerSpec.Kernel(8, 5, 1)).isEqualTo(new LayerSpec.Kernel(8, 5, 1, 2));
        assertThat(new LayerSpec.Kernel(8, 4, 2)).isEqualTo(new LayerSpec.Kernel(8, 4, 2, 1));
    }

    @Test
    void moreThanAnArrayHolds() {
        refused("is more than an array holds", () -> new Dense(70_000, 70_000, Activation.RELU));
        refused("is more than an array holds", () -> new ImageShape(1000, 1000, 3000));
        Im2col patches = new Im2col(new ImageShape(1, 400, 400), 3, 1, 1);
        refused("are more than an array holds", () -> new Im2col.Buffers(patches, 1024));
        List<Parameter> many =
                List.of(new Parameter("a", 0, 1 << 15, 1 << 15), new Parameter("b", 0, 1 << 15, 1 << 15));
        refused("a network of 2147483648 parameters", () -> Parameter.length(many));
    }

    private static void refused(String sentence, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(sentence);
    }
}
