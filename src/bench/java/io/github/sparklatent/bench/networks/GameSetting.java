package io.github.sparklatent.bench.networks;

import io.github.sparklatent.gan.AdversarialOptions;
import io.github.sparklatent.learn.AveragingOptions;
import io.github.sparklatent.learn.Optimizer;
import io.github.sparklatent.learn.OuterOptimizer;
import io.github.sparklatent.nn.Activation;
import io.github.sparklatent.nn.Initialization;
import io.github.sparklatent.nn.LayerSpec;
import io.github.sparklatent.nn.Likelihood;
import io.github.sparklatent.nn.NetworkPlan;
import io.github.sparklatent.vae.model.Architecture;
import java.util.List;

/** What all games have in common. */
final class GameSetting {
    /** Where a generator is all there is: a smooth discriminator. */
    static final AdversarialOptions NORMALIZED =
            AdversarialOptions.DEFAULT.withSpectralNormalization(true);

    /** Where a decoder reconstructs too: one that is never quite sure. */
    static final AdversarialOptions SMOOTHED = AdversarialOptions.DEFAULT.withLabelSmoothing(0.1);

    private static final double BETA_1 = 0.5;
    private static final double BETA_2 = 0.999;

    private GameSetting() {}

    /** Adam with little momentum, as a gradient of many steps points at where the other was. */
    static Optimizer adam(double rate) {
        return Optimizer.DEFAULT.withLearningRate(rate).withBetas(BETA_1, BETA_2);
    }

    /** Plain averages between rounds: momentum there would overshoot in a game. */
    static AveragingOptions averaging(double passes, int batch, int partitions, long seed) {
        return AveragingOptions.DEFAULT
                .withMaxPasses(passes)
                .withBatchSize(ClusterSetting.share(batch, partitions))
                .withOuter(OuterOptimizer.of(OuterOptimizer.Type.AVERAGE))
                .withSeed(seed);
    }

    /**
     * Leaky networks.
     *
     * @param widths of the encoder's hidden layers; the decoder mirrors them
     * @param judging widths of the discriminator's
     */
    static Architecture architecture(
            Likelihood likelihood, int latent, List<Integer> widths, List<Integer> judging) {
        List<LayerSpec> layers = ClusterSetting.layers(widths);
        return new Architecture(
                        likelihood.width(),
                        null,
                        latent,
                        layers,
                        NetworkPlan.reversed(layers),
                        Activation.LEAKY_RELU,
                        likelihood,
                        Initialization.HE_UNIFORM)
                .withAuxiliary(ClusterSetting.layers(judging));
    }
}
