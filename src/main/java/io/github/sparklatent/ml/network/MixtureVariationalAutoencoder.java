package io.github.sparklatent.ml.network;

import io.github.sparklatent.ml.network.keys.NetworkModelTypes;
import io.github.sparklatent.ml.params.MixtureVariationalAutoencoderParams;
import io.github.sparklatent.vae.model.Kind;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;

/**
 * Trains a variational autoencoder whose prior and posterior are mixtures of Gaussians, in up to
 * four stages: a plain autoencoder, the clusters of whose codes initialise what follows; encoder
 * and prior; decoder, with {@code adversarialWeight} against a discriminator; all together. Equal
 * seeds give equal bits, whatever the cluster, for the same number of partitions.
 */
public final class MixtureVariationalAutoencoder
        extends NetworkEstimator<MixtureVariationalAutoencoder, MixtureVariationalAutoencoderModel>
        implements MixtureVariationalAutoencoderParams<MixtureVariationalAutoencoder> {
    private static final long serialVersionUID = 1L;

    public static final NetworkFamily<MixtureVariationalAutoencoderModel> FAMILY =
            new NetworkFamily<>(
                    NetworkModelTypes.MOG_VAE,
                    Kind.MIXTURE,
                    MixtureVariationalAutoencoderModel.class,
                    MixtureVariationalAutoencoder::new,
                    MixtureVariationalAutoencoderModel::new);

    /** Makes an Estimator with a random uid. */
    public MixtureVariationalAutoencoder() {
        this(Identifiable$.MODULE$.randomUID("MixtureVariationalAutoencoder"));
    }

    /** Makes an Estimator with a uid. */
    public MixtureVariationalAutoencoder(String uid) {
        super(uid);
    }

    @Override
    public NetworkFamily<MixtureVariationalAutoencoderModel> networkFamily() {
        return FAMILY;
    }

    /** Returns a reader of saved Estimators. */
    public static MLReader<MixtureVariationalAutoencoder> read() {
        return new DefaultParamsReader<>();
    }

    /** Loads a saved Estimator. */
    public static MixtureVariationalAutoencoder load(String path) {
        return read().load(path);
    }
}
