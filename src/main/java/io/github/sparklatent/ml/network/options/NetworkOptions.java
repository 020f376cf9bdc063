package io.github.sparklatent.ml.network.options;

import io.github.sparklatent.config.Settings;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.learn.stage.Stage;
import io.github.sparklatent.ml.network.keys.AdversaryKeys;
import io.github.sparklatent.ml.network.keys.ClassifierKeys;
import io.github.sparklatent.ml.network.keys.LatentMixtureKeys;
import io.github.sparklatent.ml.network.keys.NetworkKeys;
import io.github.sparklatent.ml.network.keys.StageSettings;
import io.github.sparklatent.ml.network.keys.StagedMixtureKeys;
import io.github.sparklatent.ml.network.keys.VariationalKeys;
import io.github.sparklatent.ml.network.values.LayerSetting;
import io.github.sparklatent.nn.Activation;
import io.github.sparklatent.nn.ImageShape;
import io.github.sparklatent.nn.LayerSpec;
import io.github.sparklatent.nn.NetworkPlan;
import io.github.sparklatent.nn.likelihood.Likelihood;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.model.PosteriorCovariance;
import io.github.sparklatent.vae.model.PriorCovariance;
import io.github.sparklatent.vae.stage.ClusteringPhase;
import java.util.List;
import java.util.Optional;

/** Builds the networks and training stages that settings describe. */
public final class NetworkOptions {
    private final Kind kind;
    private final Settings settings;

    /** Creates the builder for the settings of a model. */
    public NetworkOptions(Kind kind, Settings settings) {
        this.kind = kind;
        this.settings = settings;
    }

    /** Returns the number of components; 0 for a network without components. */
    public static int components(Settings settings) {
        return settings.findOwn(LatentMixtureKeys.COMPONENTS).orElse(0);
    }

    /**
     * Returns the architecture of the networks.
     *
     * @param width number of features of a row
     * @param size channels, height and width of the images in the table, if the table has images
     * @throws UsageException if layers, image and rows do not fit together
     */
    public Architecture architecture(
            int width, Likelihood likelihood, Optional<List<Integer>> size) {
        List<LayerSpec> encoder = layers(settings.findOwn(NetworkKeys.ENCODER).orElse(List.of()));
        try {
            Architecture architecture =
                    new Architecture(
                            width,
                            settings.find(NetworkKeys.IMAGE)
                                    .or(() -> size)
                                    .map(NetworkOptions::image)
                                    .orElse(null),
                            settings.get(NetworkKeys.LATENT),
                            encoder,
                            settings.find(NetworkKeys.DECODER)
                                    .map(NetworkOptions::layers)
                                    .orElseGet(() -> NetworkPlan.reversed(encoder)),
                            Names.constant(Activation.class, settings.get(NetworkKeys.ACTIVATION)),
                            likelihood,
                            ClusteringPhase.initialization(hasAutoencoder()),
                            components(settings),
                            layers(auxiliary()),
                            settings.findOwn(VariationalKeys.POSTERIOR)
                                    .map(n -> Names.constant(PosteriorCovariance.class, n))
                                    .orElse(PosteriorCovariance.DIAGONAL),
                            settings.findOwn(LatentMixtureKeys.PRIOR_COVARIANCE)
                                    .map(n -> Names.constant(PriorCovariance.class, n))
                                    .orElse(PriorCovariance.DIAGONAL),
                            settings.is("data.invalid", "keep"));
            architecture.parameterCount(kind); // throws if the discriminator does not fit
            return architecture;
        } catch (IllegalArgumentException e) {
            throw new UsageException(
                    "the layers of model do not fit together: " + e.getMessage(), e);
        }
    }

    /**
     * Returns the layers of the discriminator or the classifier. A discriminator that no stage uses
     * is not built.
     */
    private List<LayerSetting> auxiliary() {
        boolean asked =
                settings.findOwn(StagedMixtureKeys.STAGES).isEmpty()
                        || StageSettings.anyAdversarial(settings);
        return settings.findOwn(AdversaryKeys.DISCRIMINATOR)
                .filter(layers -> asked)
                .or(() -> settings.findOwn(ClassifierKeys.CLASSIFIER))
                .orElse(List.of());
    }

    /** Returns whether a stage trains a plain autoencoder. */
    public static boolean isAutoencoder(StageSettings stage) {
        return stage.name().equals(ClusteringPhase.AUTOENCODER.toString());
    }

    /** Returns the shape for channels, height and width. */
    public static ImageShape image(List<Integer> size) {
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

    /** Returns the kind of network that the first stage trains. */
    public Kind firstKind() {
        return hasAutoencoder() ? Kind.AUTOENCODER : kind;
    }

    private boolean hasAutoencoder() {
        return StageSettings.of(settings).stream().anyMatch(NetworkOptions::isAutoencoder);
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
        return settings.findOwn(VariationalKeys.IMPORTANCE_SAMPLES).orElse(0);
    }
}
