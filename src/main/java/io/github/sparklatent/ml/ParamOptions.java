package io.github.sparklatent.ml;

import io.github.sparklatent.gan.AdversarialOptions;
import io.github.sparklatent.learn.AveragingOptions;
import io.github.sparklatent.learn.Moments;
import io.github.sparklatent.learn.Optimizer;
import io.github.sparklatent.learn.OuterOptimizer;
import io.github.sparklatent.nn.Activation;
import io.github.sparklatent.nn.Initialization;
import io.github.sparklatent.nn.LayerSpec;
import io.github.sparklatent.nn.Likelihood;
import io.github.sparklatent.vae.ScoringOptions;
import io.github.sparklatent.vae.cluster.ClusterSearch;
import io.github.sparklatent.vae.cluster.ClusteringRecipe;
import io.github.sparklatent.vae.latent.Corruption;
import io.github.sparklatent.vae.model.Architecture;
import java.util.List;

/** What the params of a network say, as the records that the core takes. */
final class ParamOptions {
    private ParamOptions() {}

    /** How a trained network measures rows. */
    static ScoringOptions scoring(NetworkParams<?> params) {
        ScoringOptions options = ScoringOptions.DEFAULT.withSeed(params.getSeed());
        if (params instanceof BinarizeParams<?> grey) {
            options = options.withBinarize(grey.getBinarize());
        }
        if (params instanceof PosteriorParams<?> posterior) {
            options = options.withSamples(posterior.getSamples());
        }
        return options;
    }

    /** K, 0 of a network without components. */
    static int components(NetworkParams<?> params) {
        return params instanceof ComponentParams<?> mixture ? mixture.getK() : 0;
    }

    static Corruption corruption(CorruptionParams<?> params) {
        return new Corruption(
                NetworkNames.constant(Corruption.Type.class, params.getCorruption()),
                params.getCorruptionLevel());
    }

    /**
     * p(x | outputs).
     *
     * @param width d
     */
    static Likelihood likelihood(NetworkParams<?> params, int width) {
        double variance = params instanceof CodeParams<?> code ? code.getVariance() : 1;
        return LikelihoodText.of(params.getLikelihood(), width, variance);
    }

    /**
     * The networks.
     *
     * @param width d
     * @throws IllegalArgumentException where their parts do not fit one another
     */
    static Architecture architecture(NetworkParams<?> params, int width) {
        List<LayerSpec> encoder = List.of();
        List<LayerSpec> decoder = List.of();
        if (params instanceof CodeParams<?> code) {
            encoder = LayerText.layers(code.getEncoder());
            decoder = LayerText.decoder(encoder, code.getDecoder());
        }
        if (params instanceof GeneratorParams<?> generator) {
            decoder = LayerText.layers(generator.getGenerator());
        }
        return new Architecture(
                width,
                LayerText.image(params.getImage()),
                params.getLatent(),
                encoder,
                decoder,
                NetworkNames.constant(Activation.class, params.getActivation()),
                likelihood(params, width),
                Initialization.of(params.getInitialization()),
                components(params),
                auxiliary(params));
    }

    /** Of a discriminator or a classifier; none where there is neither. */
    private static List<LayerSpec> auxiliary(NetworkParams<?> params) {
        if (params instanceof MixtureVariationalParams<?> mixture
                && mixture.getAdversarialWeight() == 0) {
            return List.of(); // nothing plays against it
        }
        if (params instanceof ClassifyingParams<?> classifying) {
            return LayerText.layers(classifying.getClassifier());
        }
        return params instanceof DiscriminatorParams<?> game
                ? LayerText.layers(game.getDiscriminator())
                : List.of();
    }

    /** How the partitions' rounds are made; a training of several stages sets their passes. */
    static AveragingOptions averaging(NetworkParams<?> params) {
        AveragingOptions options = AveragingOptions.DEFAULT;
        if (params instanceof PassParams<?> one) {
            options = options.withMaxPasses(one.getMaxPasses());
        }
        if (params instanceof PatienceParams<?> comparable) {
            options = options.withPatience(comparable.getPatience());
        }
        return options.withRoundsPerPass(params.getRoundsPerPass())
                .withBatchSize(params.getBatchSize())
                .withOptimizer(optimizer(params, params.getLearningRate()))
                .withMoments(NetworkNames.constant(Moments.class, params.getMoments()))
                .withOuter(
                        OuterOptimizer.of(
                                NetworkNames.constant(
                                        OuterOptimizer.Type.class, params.getOuter())))
                .withMovingAverage(params.getMovingAverage())
                .withSeed(params.getSeed());
    }

    private static Optimizer optimizer(NetworkParams<?> params, double learningRate) {
        return Optimizer.of(NetworkNames.constant(Optimizer.Type.class, params.getOptimizer()))
                .withLearningRate(learningRate);
    }

    /** The optimiser of a discriminator. */
    static <P extends NetworkParams<?> & DiscriminatorParams<?>> Optimizer discriminator(P params) {
        double own = params.getDiscriminatorLearningRate();
        return optimizer(params, own == 0 ? params.getLearningRate() : own);
    }

    static AdversarialOptions adversarial(DiscriminatorParams<?> params) {
        return AdversarialOptions.DEFAULT
                .withLabelSmoothing(params.getLabelSmoothing())
                .withSpectralNormalization(params.getSpectralNormalization())
                .withGradientPenalty(params.getGradientPenalty());
    }

    /** How clusters are found among codes; the rest of the recipe is its default. */
    static ClusteringRecipe recipe(ClusterStartParams<?> params) {
        return ClusteringRecipe.DEFAULT
                .withStart(NetworkNames.constant(ClusterSearch.class, params.getStart()))
                .withRestarts(params.getRestarts())
                .withStartRows(params.getStartRows());
    }
}
