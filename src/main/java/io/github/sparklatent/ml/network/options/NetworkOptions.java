package io.github.sparklatent.ml.network.options;

import io.github.sparklatent.config.Settings;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.learn.stage.Stage;
import io.github.sparklatent.ml.network.keys.GameOptions;
import io.github.sparklatent.ml.network.keys.LatentMixture;
import io.github.sparklatent.ml.network.keys.NetworkShape;
import io.github.sparklatent.ml.network.keys.PosteriorOptions;
import io.github.sparklatent.ml.network.keys.StageSetting;
import io.github.sparklatent.nn.ImageShape;
import io.github.sparklatent.nn.LayerSpec;
import io.github.sparklatent.nn.NetworkPlan;
import io.github.sparklatent.nn.likelihood.Likelihood;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.stage.ClusteringPhase;
import java.util.List;
import java.util.Optional;

/** Builds the networks and training stages that settings describe. */
public record NetworkOptions(Kind kind, Settings settings) {
    /**
     * Returns the architecture of the networks.
     *
     * @param width number of features of a row
     * @param size channels, height and width of the images in the table, if the table has images
     * @throws UsageException if layers, image and rows do not fit together
     */
    public Architecture architecture(int width, Likelihood likelihood, Optional<List<Integer>> size) {
        NetworkShape shape = settings.bind(kind.hasEncoder() ? NetworkShape.DEFAULT : NetworkShape.GENERATOR);
        LatentMixture mixture = settings.bind(LatentMixture.DEFAULT);
        try {
            Architecture architecture = new Architecture(
                    width,
                    shape.image()
                            .or(() -> size)
                            .filter(image -> likelihood.conditions().isEmpty())
                            .map(NetworkOptions::image)
                            .orElse(null),
                    shape.latent(),
                    shape.encoder(),
                    shape.decoder().orElseGet(() -> NetworkPlan.reversed(shape.encoder())),
                    shape.activation(),
                    likelihood,
                    ClusteringPhase.initialization(hasAutoencoder()),
                    kind.hasComponents() ? mixture.components() : 0,
                    auxiliary(mixture),
                    settings.bind(PosteriorOptions.DEFAULT).covariance(),
                    mixture.covariance(),
                    settings.is("data.invalid", "keep"));
            architecture.parameterCount(kind); // throws if the discriminator does not fit
            return architecture;
        } catch (IllegalArgumentException e) {
            throw new UsageException("the layers of model do not fit together: " + e.getMessage(), e);
        }
    }

    /** Returns the layers of the discriminator or the classifier. A discriminator that no stage uses is not built. */
    private List<LayerSpec> auxiliary(LatentMixture mixture) {
        return switch (kind.auxiliary()) {
            case NONE -> List.of();
            case CLASSIFIER -> mixture.classifier();
            case OPTIONAL_DISCRIMINATOR ->
                StageSetting.of(settings).stream().anyMatch(StageSetting::isAdversarial) ? discriminator() : List.of();
            case DISCRIMINATOR -> discriminator();
        };
    }

    private List<LayerSpec> discriminator() {
        return settings.bind(GameOptions.DEFAULT).discriminator();
    }

    /** Returns whether a stage trains a plain autoencoder. */
    public static boolean isAutoencoder(StageSetting stage) {
        return stage.name().equals(ClusteringPhase.AUTOENCODER.toString());
    }

    /** Returns the shape for channels, height and width. */
    public static ImageShape image(List<Integer> size) {
        return new ImageShape(size.get(0), size.get(1), size.get(2));
    }

    /** Returns the kind of network that the first stage trains. */
    public Kind firstKind() {
        return hasAutoencoder() ? Kind.AUTOENCODER : kind;
    }

    private boolean hasAutoencoder() {
        return StageSetting.of(settings).stream().anyMatch(NetworkOptions::isAutoencoder);
    }

    /**
     * Returns the stages of the training, in order.
     *
     * @param continued whether the training starts from a trained model, which already has clusters
     */
    public List<Stage> stages(Architecture architecture, boolean continued) {
        return new NetworkStages(kind, settings, architecture, continued).all();
    }

    /** Returns the number of draws for the estimate of the log-likelihood; 0: no estimate. */
    public int importanceSamples() {
        return settings.bind(PosteriorOptions.DEFAULT).importanceSamples();
    }
}
