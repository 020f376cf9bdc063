package io.github.sparklatent.ml.network;

import io.github.sparklatent.ml.io.ModelDirectory;
import io.github.sparklatent.ml.network.keys.NetworkModelTypes;
import io.github.sparklatent.ml.params.ClusteringVariationalAutoencoderSetters;
import io.github.sparklatent.vae.model.Kind;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;

/**
 * Trains a variational autoencoder whose latent codes are Gaussian around the mean of their component. A small network,
 * the classifier, gives the probability of each component for a latent code. Equal seeds and equal numbers of
 * partitions give identical models on any cluster.
 */
public final class ClusteringVariationalAutoencoder
        extends NetworkEstimator<ClusteringVariationalAutoencoder, ClusteringVariationalAutoencoderModel>
        implements ClusteringVariationalAutoencoderSetters<ClusteringVariationalAutoencoder> {
    private static final long serialVersionUID = 1L;

    /** The model family of clustering variational autoencoders. */
    public static final NetworkFamily<ClusteringVariationalAutoencoderModel> FAMILY = new NetworkFamily<>(
            NetworkModelTypes.CLUSTER_VAE,
            Kind.CLASSIFYING,
            ClusteringVariationalAutoencoderModel.class,
            ClusteringVariationalAutoencoder::new,
            ClusteringVariationalAutoencoderModel::new);

    /** Creates an Estimator with a random uid. */
    public ClusteringVariationalAutoencoder() {
        this(Identifiable$.MODULE$.randomUID("ClusteringVariationalAutoencoder"));
    }

    /** Creates an Estimator with a uid. */
    public ClusteringVariationalAutoencoder(String uid) {
        super(uid);
    }

    @Override
    public NetworkFamily<ClusteringVariationalAutoencoderModel> family() {
        return FAMILY;
    }

    /** Returns a reader of saved Estimators. */
    public static MLReader<ClusteringVariationalAutoencoder> read() {
        return ModelDirectory.reader(
                ClusteringVariationalAutoencoder.class, (directory, uid) -> new ClusteringVariationalAutoencoder(uid));
    }

    /** Loads a saved Estimator. */
    public static ClusteringVariationalAutoencoder load(String path) {
        return read().load(path);
    }
}
