package io.github.sparklatent.ml.network;

import io.github.sparklatent.ml.io.ModelDirectory;
import io.github.sparklatent.ml.network.keys.NetworkModelTypes;
import io.github.sparklatent.ml.params.AutoencoderSetters;
import io.github.sparklatent.vae.model.Kind;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;

/**
 * Trains an autoencoder: a network that compresses a row into a few latent variables and reconstructs it. With
 * {@code corruption} it learns to denoise. Equal seeds and equal numbers of partitions give identical models on any
 * cluster.
 */
public final class Autoencoder extends NetworkEstimator<Autoencoder, AutoencoderModel>
        implements AutoencoderSetters<Autoencoder> {
    private static final long serialVersionUID = 1L;

    /** The model family of autoencoders. */
    public static final NetworkFamily<AutoencoderModel> FAMILY = new NetworkFamily<>(
            NetworkModelTypes.AE, Kind.AUTOENCODER, AutoencoderModel.class, Autoencoder::new, AutoencoderModel::new);

    /** Creates an Estimator with a random uid. */
    public Autoencoder() {
        this(Identifiable$.MODULE$.randomUID("Autoencoder"));
    }

    /** Creates an Estimator with a uid. */
    public Autoencoder(String uid) {
        super(uid);
    }

    @Override
    public NetworkFamily<AutoencoderModel> family() {
        return FAMILY;
    }

    /** Returns a reader of saved Estimators. */
    public static MLReader<Autoencoder> read() {
        return ModelDirectory.reader(Autoencoder.class, (directory, uid) -> new Autoencoder(uid));
    }

    /** Loads a saved Estimator. */
    public static Autoencoder load(String path) {
        return read().load(path);
    }
}
