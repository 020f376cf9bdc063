package io.github.sparklatent.ml.network;

import io.github.sparklatent.ml.io.ModelDirectory;
import io.github.sparklatent.ml.network.keys.NetworkModelTypes;
import io.github.sparklatent.ml.params.MixtureVariationalAutoencoderSetters;
import io.github.sparklatent.vae.model.Kind;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;

/**
 * Trains a variational autoencoder whose prior and posterior are mixtures of Gaussians, in up to four stages: a plain
 * autoencoder, whose clustered latent codes initialise the other stages; encoder and prior; decoder, with
 * {@code adversarialWeight} also against a discriminator; all parts together. Equal seeds and equal numbers of
 * partitions give identical models on any cluster.
 */
public final class MixtureVariationalAutoencoder
        extends NetworkEstimator<MixtureVariationalAutoencoder, MixtureVariationalAutoencoderModel>
        implements MixtureVariationalAutoencoderSetters<MixtureVariationalAutoencoder> {
    private static final long serialVersionUID = 1L;

    /** The model family of mixture-of-Gaussians variational autoencoders. */
    public static final NetworkFamily<MixtureVariationalAutoencoderModel> FAMILY = new NetworkFamily<>(
            NetworkModelTypes.MOG_VAE,
            Kind.MIXTURE,
            MixtureVariationalAutoencoderModel.class,
            MixtureVariationalAutoencoder::new,
            MixtureVariationalAutoencoderModel::new);

    /** Creates an Estimator with a random uid. */
    public MixtureVariationalAutoencoder() {
        this(Identifiable$.MODULE$.randomUID("MixtureVariationalAutoencoder"));
    }

    /** Creates an Estimator with a uid. */
    public MixtureVariationalAutoencoder(String uid) {
        super(uid);
    }

    @Override
    public NetworkFamily<MixtureVariationalAutoencoderModel> family() {
        return FAMILY;
    }

    /** Returns a reader of saved Estimators. */
    public static MLReader<MixtureVariationalAutoencoder> read() {
        return ModelDirectory.reader(
                MixtureVariationalAutoencoder.class, (directory, uid) -> new MixtureVariationalAutoencoder(uid));
    }

    /** Loads a saved Estimator. */
    public static MixtureVariationalAutoencoder load(String path) {
        return read().load(path);
    }
}
