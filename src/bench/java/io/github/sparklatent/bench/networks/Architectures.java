package io.github.sparklatent.bench.networks;

import io.github.sparklatent.nn.Activation;
import io.github.sparklatent.nn.Bernoulli;
import io.github.sparklatent.nn.ImageShape;
import io.github.sparklatent.nn.Initialization;
import io.github.sparklatent.nn.LayerSpec;
import io.github.sparklatent.nn.NetworkPlan;
import io.github.sparklatent.vae.model.Architecture;
import java.util.Arrays;
import java.util.List;

/** The networks that are measured. */
final class Architectures {
    static final int IMAGE = 784;

    private Architectures() {}

    /** Dense layers of these widths, mirrored, on rows in [0, 1]. */
    static Architecture dense(int inputs, int latent, Activation activation, Integer... widths) {
        List<LayerSpec> layers =
                Arrays.stream(widths).<LayerSpec>map(LayerSpec.Width::new).toList();
        return of(inputs, null, latent, activation, layers);
    }

    /** Two convolutions of 16 and 32 channels, kernels of 4 x 4 in strides of 2, mirrored. */
    static Architecture convolutional() {
        List<LayerSpec> layers =
                List.of(new LayerSpec.Kernel(16, 4, 2), new LayerSpec.Kernel(32, 4, 2));
        return of(IMAGE, new ImageShape(1, 28, 28), 20, Activation.RELU, layers);
    }

    /** 784-200-200, tanh, 50 latent dimensions (Burda, Grosse and Salakhutdinov 2016, C). */
    static Architecture burda() {
        return dense(IMAGE, 50, Activation.TANH, 200, 200);
    }

    private static Architecture of(
            int inputs,
            ImageShape image,
            int latent,
            Activation activation,
            List<LayerSpec> layers) {
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
