package io.github.sparklatent.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.nn.likelihood.Composite;
import io.github.sparklatent.nn.likelihood.Gaussian;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Weights fill ±bound evenly, biases are 0, and the same stream gives the same start. */
class InitializationTest {
    private static void check(Layer layer, double bound) {
        float[] start = TestNetworks.start(layer, 1);
        Parameter bias = layer.parameters().get(1);
        float[] weights = Arrays.copyOf(start, bias.offset());
        assertThat(Arrays.copyOfRange(start, bias.offset(), start.length)).containsOnly(0f);
        double largest = 0;
        double squares = 0;
        for (float weight : weights) {
            largest = Math.max(largest, Math.abs(weight));
            squares += weight * (double) weight;
        }
        int n = weights.length;
        assertThat(largest).isLessThanOrEqualTo((float) bound);
        // All n below (1 - 14 / n) of the bound: probability e^-14.
        assertThat(largest).isGreaterThan(bound * (1 - 14.0 / n));
        // w² has mean bound² / 3 and variance 4 bound⁴ / 45; five standard errors.
        double error = bound * bound * Math.sqrt(4.0 / 45 / n);
        assertThat(squares / n).isCloseTo(bound * bound / 3, within(5 * error));
    }

    @Test
    void heUniformByWhatFollows() {
        check(new Dense(50, 40, Activation.RELU), Math.sqrt(6.0 / 50));
        check(new Dense(50, 40, Activation.TANH), Math.sqrt(6.0 / 50));
        check(new Dense(50, 40, Activation.LINEAR), Math.sqrt(3.0 / 50));
    }

    @Test
    void xavierUniform() {
        Initialization xavier = Initialization.XAVIER_UNIFORM;
        check(new Dense(50, 40, Activation.RELU, xavier), Math.sqrt(6.0 / 90));
        check(new Dense(50, 40, Activation.LINEAR, xavier), Math.sqrt(6.0 / 90));
    }

    @Test
    void convolutionsCountTheTermsOfAnOutput() {
        ImageShape image = new ImageShape(8, 16, 16);
        Initialization he = Initialization.HE_UNIFORM;
        check(new Convolution(image, 12, 4, 2, 1, Activation.RELU, he, false), Math.sqrt(6.0 / (8 * 16)));
        check(new Convolution(image, 12, 4, 2, 1, Activation.RELU, he, true), Math.sqrt(6.0 / (12 * 4)));
        Initialization xavier = Initialization.XAVIER_UNIFORM;
        check(new Convolution(image, 12, 4, 2, 1, Activation.RELU, xavier, false), Math.sqrt(6.0 / (8 * 16 + 12 * 4)));
        check(new Convolution(image, 12, 4, 2, 1, Activation.RELU, xavier, true), Math.sqrt(6.0 / (12 * 4 + 8 * 16)));
    }

    @Test
    void isAFunctionOfTheStream() {
        Layer layer = new NetworkPlan(7, null, Activation.RELU, Initialization.HE_UNIFORM)
                .encoder("encoder", List.of(new LayerSpec.Width(5)), 4);
        assertThat(TestNetworks.start(layer, 3)).isEqualTo(TestNetworks.start(layer, 3));
        assertThat(TestNetworks.start(layer, 3)).isNotEqualTo(TestNetworks.start(layer, 4));
    }

    @Test
    void likelihoodsStartTheirOwn() {
        float[] parameters = {9, 9, 9};
        Composite.Group fixed = Composite.Group.from(0, Gaussian.fixed(1, 4));
        Composite.Group learnt = Composite.Group.from(1, Gaussian.learnt(1));
        Composite.Group wide = Composite.Group.from(2, new Gaussian(1, 4, true));
        new Composite(List.of(fixed, learnt, wide)).initialize(parameters, 1);
        assertThat(parameters).containsExactly(9, 0, (float) Math.log(4));
    }
}
