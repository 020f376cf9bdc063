package io.github.sparklatent.ml.network;

import io.github.sparklatent.ml.io.ModelDirectory;
import io.github.sparklatent.ml.network.keys.NetworkModelTypes;
import io.github.sparklatent.ml.params.AdversarialVariationalAutoencoderSetters;
import io.github.sparklatent.vae.model.Kind;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;

/**
 * Trains a variational autoencoder whose decoder competes with a discriminator. A hidden layer of the discriminator
 * compares rows with their reconstructions (Larsen et al. 2016). Equal seeds and equal numbers of partitions give
 * identical models on any cluster.
 */
public final class AdversarialVariationalAutoencoder
        extends NetworkEstimator<AdversarialVariationalAutoencoder, AdversarialVariationalAutoencoderModel>
        implements AdversarialVariationalAutoencoderSetters<AdversarialVariationalAutoencoder> {
    private static final long serialVersionUID = 1L;

    /** The model family of adversarial variational autoencoders. */
    public static final NetworkFamily<AdversarialVariationalAutoencoderModel> FAMILY = new NetworkFamily<>(
            NetworkModelTypes.VAE_GAN,
            Kind.VARIATIONAL_ADVERSARIAL,
            AdversarialVariationalAutoencoderModel.class,
            AdversarialVariationalAutoencoder::new,
            AdversarialVariationalAutoencoderModel::new);

    /** Creates an Estimator with a random uid. */
    public AdversarialVariationalAutoencoder() {
        this(Identifiable$.MODULE$.randomUID("AdversarialVariationalAutoencoder"));
    }

    /** Creates an Estimator with a uid. */
    public AdversarialVariationalAutoencoder(String uid) {
        super(uid);
    }

    @Override
    public NetworkFamily<AdversarialVariationalAutoencoderModel> family() {
        return FAMILY;
    }

    /** Returns a reader of saved Estimators. */
    public static MLReader<AdversarialVariationalAutoencoder> read() {
        return ModelDirectory.reader(
                AdversarialVariationalAutoencoder.class,
                (directory, uid) -> new AdversarialVariationalAutoencoder(uid));
    }

    /** Loads a saved Estimator. */
    public static AdversarialVariationalAutoencoder load(String path) {
        return read().load(path);
    }
}
