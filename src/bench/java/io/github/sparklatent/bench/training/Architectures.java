package io.github.sparklatent.bench.training;

import io.github.sparklatent.nn.Activation;
import io.github.sparklatent.nn.ImageShape;
import io.github.sparklatent.nn.Initialization;
import io.github.sparklatent.nn.LayerSpec;
import io.github.sparklatent.nn.NetworkPlan;
import io.github.sparklatent.nn.likelihood.Bernoulli;
import io.github.sparklatent.vae.model.Architecture;
import java.util.List;

/** The networks of several benchmarks. */
public final class Architectures {
    /** Numbers of an image of MNIST. */
    public static final int IMAGE = 784;

    private Architectures() {}

    /** Dense layers of these widths, mirrored in the decoder, for rows in [0, 1]. */
    public static Architecture dense(int inputs, int latent, Activation activation, Integer... widths) {
        return of(inputs, null, latent, activation, layers(List.of(widths)));
    }

    /** Two convolutions of 16 and 32 channels with kernels of 4 x 4 and stride 2, mirrored. */
    public static Architecture convolutional() {
        List<LayerSpec> layers = List.of(new LayerSpec.Kernel(16, 4, 2), new LayerSpec.Kernel(32, 4, 2));
        return of(IMAGE, new ImageShape(1, 28, 28), 20, Activation.RELU, layers);
    }

    /** Dense layers of these widths. */
    public static List<LayerSpec> layers(List<Integer> widths) {
        return widths.stream().<LayerSpec>map(LayerSpec.Width::new).toList();
    }

    private static Architecture of(
            int inputs, ImageShape image, int latent, Activation activation, List<LayerSpec> layers) {
        return new Architecture(
                inputs,
                image,
                latent,
                layers,
                NetworkPlan.reversed(layers),
                activation,
                new Bernoulli(inputs),
                Initialization.HE_UNIFORM);
    }
}
