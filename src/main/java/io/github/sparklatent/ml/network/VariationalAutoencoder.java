package io.github.sparklatent.ml.network;

import io.github.sparklatent.ml.io.ModelDirectory;
import io.github.sparklatent.ml.network.keys.NetworkModelTypes;
import io.github.sparklatent.ml.params.VariationalAutoencoderSetters;
import io.github.sparklatent.vae.model.Kind;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;

/**
 * Trains a variational autoencoder (Kingma and Welling 2014), a distribution of rows with Gaussian latent variables.
 * Equal seeds and equal numbers of partitions give identical models on any cluster.
 */
public final class VariationalAutoencoder extends NetworkEstimator<VariationalAutoencoder, VariationalAutoencoderModel>
        implements VariationalAutoencoderSetters<VariationalAutoencoder> {
    private static final long serialVersionUID = 1L;

    /** The model family of variational autoencoders. */
    public static final NetworkFamily<VariationalAutoencoderModel> FAMILY = new NetworkFamily<>(
            NetworkModelTypes.VAE,
            Kind.VARIATIONAL,
            VariationalAutoencoderModel.class,
            VariationalAutoencoder::new,
            VariationalAutoencoderModel::new);

    /** Creates an Estimator with a random uid. */
    public VariationalAutoencoder() {
        this(Identifiable$.MODULE$.randomUID("VariationalAutoencoder"));
    }

    /** Creates an Estimator with a uid. */
    public VariationalAutoencoder(String uid) {
        super(uid);
    }

    @Override
    public NetworkFamily<VariationalAutoencoderModel> family() {
        return FAMILY;
    }

    /** Returns a reader of saved Estimators. */
    public static MLReader<VariationalAutoencoder> read() {
        return ModelDirectory.reader(VariationalAutoencoder.class, (directory, uid) -> new VariationalAutoencoder(uid));
    }

    /** Loads a saved Estimator. */
    public static VariationalAutoencoder load(String path) {
        return read().load(path);
    }
}
