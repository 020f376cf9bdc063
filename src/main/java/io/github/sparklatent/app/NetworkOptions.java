package io.github.sparklatent.app;

import io.github.sparklatent.app.config.ArchitectureSettings;
import io.github.sparklatent.app.config.JobConfiguration;
import io.github.sparklatent.app.config.LayerSetting;
import io.github.sparklatent.app.config.LossSettings;
import io.github.sparklatent.app.config.NetworkSettings;
import io.github.sparklatent.app.config.StageSettings;
import io.github.sparklatent.learn.Stage;
import io.github.sparklatent.ml.AdversarialModel;
import io.github.sparklatent.ml.NetworkModel;
import io.github.sparklatent.ml.NetworkNames;
import io.github.sparklatent.nn.Activation;
import io.github.sparklatent.nn.ImageShape;
import io.github.sparklatent.nn.LayerSpec;
import io.github.sparklatent.nn.Likelihood;
import io.github.sparklatent.nn.NetworkPlan;
import io.github.sparklatent.vae.ScoringOptions;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.stage.ClusteringPhase;
import java.util.List;
import java.util.Optional;

/** What the configuration says of a network, as the core wants it. */
final class NetworkOptions {
    private final NetworkSettings settings;
    private final long seed;

    NetworkOptions(JobConfiguration configuration) {
        this.settings = (NetworkSettings) configuration.model();
        this.seed = configuration.train().seed();
    }

    Kind kind() {
        return NetworkTypes.kind(settings.type());
    }

    /**
     * The networks.
     *
     * @param width numbers of a row
     * @param size channels, height and width of the images that the data say rows are
     * @throws UsageException where layers, image and rows do not fit one another
     */
    Architecture architecture(int width, Likelihood likelihood, Optional<List<Integer>> size) {
        ArchitectureSettings asked = settings.architecture();
        List<LayerSpec> encoder = layers(asked.encoder());
        try {
            Architecture architecture =
                    new Architecture(
                            width,
                            asked.image().or(() -> size).map(NetworkOptions::image).orElse(null),
                            asked.latent(),
                            encoder,
                            asked.decoder()
                                    .map(NetworkOptions::layers)
                                    .orElseGet(() -> NetworkPlan.reversed(encoder)),
                            NetworkNames.constant(Activation.class, asked.activation()),
                            likelihood,
                            ClusteringPhase.initialization(hasAutoencoder()),
                            asked.components(),
                            layers(asked.auxiliary()));
            architecture.parameterCount(kind()); // a discriminator that misfits is found here
            return architecture;
        } catch (IllegalArgumentException e) {
            throw new UsageException("the networks of model do not fit: " + e.getMessage(), e);
        }
    }

    static boolean isAutoencoder(StageSettings stage) {
        return stage.name().equals(ClusteringPhase.AUTOENCODER.toString());
    }

    /** The shape that channels, height and width give. */
    static ImageShape image(List<Integer> size) {
        return new ImageShape(size.get(0), size.get(1), size.get(2));
    }

    private static List<LayerSpec> layers(List<LayerSetting> layers) {
        return layers.stream().map(NetworkOptions::layer).toList();
    }

    private static LayerSpec layer(LayerSetting layer) {
        return layer.isConvolution()
                ? new LayerSpec.Kernel(
                        layer.width(), layer.kernel(), layer.stride(), layer.padding())
                : new LayerSpec.Width(layer.width());
    }

    /** Lets a trained model be judged as its training was. */
    void judge(NetworkModel<?> model) {
        LossSettings loss = settings.loss();
        model.measureBy(new ScoringOptions(loss.samples(), loss.binarize(), seed));
        if (model instanceof AdversarialModel<?> played) {
            played.setLabelSmoothing(settings.adversary().labelSmoothing());
        }
    }

    /** The kind of network that the first stage starts from. */
    Kind firstKind() {
        return hasAutoencoder() ? Kind.AUTOENCODER : kind();
    }

    private boolean hasAutoencoder() {
        return settings.stages().stream().anyMatch(NetworkOptions::isAutoencoder);
    }

    /**
     * What the stages of the training are, in their order.
     *
     * @param goesOn whether it starts from a trained model, which has clusters already
     */
    List<Stage> stages(Architecture architecture, boolean goesOn) {
        return new NetworkStages(settings, seed, architecture, goesOn).all();
    }

    int importanceSamples() {
        return settings.loss().importanceSamples();
    }
}
