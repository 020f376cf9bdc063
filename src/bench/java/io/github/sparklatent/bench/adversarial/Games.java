package io.github.sparklatent.bench.adversarial;

import io.github.sparklatent.bench.clustering.ClusterSetting;
import io.github.sparklatent.bench.training.Architectures;
import io.github.sparklatent.gan.AdversarialOptions;
import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.optimizer.Optimizer;
import io.github.sparklatent.learn.optimizer.OuterOptimizer;
import io.github.sparklatent.nn.Activation;
import io.github.sparklatent.nn.Initialization;
import io.github.sparklatent.nn.LayerSpec;
import io.github.sparklatent.nn.NetworkPlan;
import io.github.sparklatent.nn.likelihood.Likelihood;
import io.github.sparklatent.vae.model.Architecture;
import java.util.List;

/** The options that all games have in common. */
final class Games {
    /** Options for a generator by itself: a smooth discriminator. */
    static final AdversarialOptions NORMALIZED = AdversarialOptions.DEFAULT.withSpectralNormalization(true);

    /** Options for a decoder that reconstructs, too: a discriminator that is never certain. */
    static final AdversarialOptions SMOOTHED = AdversarialOptions.DEFAULT.withLabelSmoothing(0.1);

    private static final double BETA_1 = 0.5;
    private static final double BETA_2 = 0.999;

    private Games() {}

    /** Adam with little momentum, because the gradients of past steps are of another opponent. */
    static Optimizer adam(double rate) {
        return Optimizer.DEFAULT.withLearningRate(rate).withBetas(BETA_1, BETA_2);
    }

    /** Plain averages between rounds, because momentum overshoots in a game. */
    static AveragingOptions averaging(double epochs, int batch, int partitions, long seed) {
        return AveragingOptions.DEFAULT
                .withMaxEpochs(epochs)
                .withBatchSize(ClusterSetting.share(batch, partitions))
                .withOuter(OuterOptimizer.of(OuterOptimizer.Type.AVERAGE))
                .withSeed(seed);
    }

    /**
     * Networks with leaky rectifiers.
     *
     * @param widths of the encoder's hidden layers; the decoder mirrors them
     * @param discriminator widths of the discriminator's hidden layers
     */
    static Architecture architecture(
            Likelihood likelihood, int latent, List<Integer> widths, List<Integer> discriminator) {
        List<LayerSpec> layers = Architectures.layers(widths);
        return new Architecture(
                        likelihood.width(),
                        null,
                        latent,
                        layers,
                        NetworkPlan.reversed(layers),
                        Activation.LEAKY_RELU,
                        likelihood,
                        Initialization.HE_UNIFORM)
                .withAuxiliary(Architectures.layers(discriminator));
    }
}
