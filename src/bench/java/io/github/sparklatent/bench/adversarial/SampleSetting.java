package io.github.sparklatent.bench.adversarial;

import io.github.sparklatent.bench.training.Architectures;
import io.github.sparklatent.nn.Activation;
import io.github.sparklatent.nn.Initialization;
import io.github.sparklatent.nn.LayerSpec;
import io.github.sparklatent.nn.NetworkPlan;
import io.github.sparklatent.nn.likelihood.Bernoulli;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import java.util.List;

/**
 * The options of the networks that digits are drawn from.
 *
 * @param title of the table
 * @param prefix of the names of its runs
 * @param side of an image
 * @param partitions that networks are trained in
 * @param batch rows of a step, over all partitions
 * @param latent columns of a code
 * @param widths of the encoder's hidden layers; the decoder mirrors them
 * @param discriminator widths of the discriminator's hidden layers
 * @param epochs of each network; with stages, of the joint one
 * @param decoderEpochs of the other stages of a MoG-VAE, on MNIST of all
 * @param rate of the game
 * @param features principal components that rows are compared in
 */
record SampleSetting(
        String title,
        String prefix,
        int side,
        int partitions,
        int batch,
        int latent,
        List<Integer> widths,
        List<Integer> discriminator,
        double epochs,
        double decoderEpochs,
        double rate,
        int features) {
    /** Rows that are drawn. */
    static final int DRAWN = 10_000;

    private static final int COMPONENTS = 10;

    static final SampleSetting DIGITS = new SampleSetting(
            "the embedded digits, 64-128-8", "digits-", 8, 1, 32, 8, List.of(128), List.of(128, 64), 100, 20, 1e-3, 20);

    static final SampleSetting MNIST = new SampleSetting(
            "MNIST, 784-500-500-20", "mnist-", 28, 2, 128, 20, List.of(500, 500), List.of(500, 250), 50, 10, 5e-4, 50);

    /** Networks with leaky rectifiers, for values in [0, 1]. */
    Architecture architecture() {
        List<LayerSpec> layers = Architectures.layers(widths);
        return new Architecture(
                        side * side,
                        null,
                        latent,
                        layers,
                        NetworkPlan.reversed(layers),
                        Activation.LEAKY_RELU,
                        new Bernoulli(side * side),
                        Initialization.HE_UNIFORM)
                .withAuxiliary(Architectures.layers(discriminator))
                .withComponents(COMPONENTS);
    }

    /** The name of a run. */
    String run(SampleMethod method, long seed) {
        return "%s%s-s%d".formatted(prefix, method, seed);
    }

    /** The name of the run that compares real rows with real rows. */
    String realRun() {
        return prefix + "real-s1";
    }

    /** Epochs of a method. A mixture decodes each row once for each component, so that it has few for MNIST. */
    double epochs(SampleMethod method) {
        return this == MNIST && method.kind == Kind.MIXTURE ? decoderEpochs : epochs;
    }
}
