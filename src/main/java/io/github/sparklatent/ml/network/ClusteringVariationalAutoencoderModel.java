package io.github.sparklatent.ml.network;

import io.github.sparklatent.ml.params.ClusteringVariationalAutoencoderParams;
import io.github.sparklatent.scoring.NetworkFit;
import io.github.sparklatent.vae.TrainedNetwork;
import org.apache.spark.ml.util.MLReader;

/**
 * A trained clustering variational autoencoder. It gives components, latent codes, anomaly scores, reconstructions and
 * samples.
 */
public final class ClusteringVariationalAutoencoderModel extends NetworkModel<ClusteringVariationalAutoencoderModel>
        implements ClusteringVariationalAutoencoderParams<ClusteringVariationalAutoencoderModel> {
    private static final long serialVersionUID = 1L;

    /** Creates a model without a network. Spark Connect does so to get the name of the class. */
    public ClusteringVariationalAutoencoderModel() {
        this("", null, null);
    }

    /**
     * Creates the model of a network.
     *
     * @param fit record of the training; null if it is not known
     */
    public ClusteringVariationalAutoencoderModel(String uid, TrainedNetwork network, NetworkFit fit) {
        super(uid, network, fit);
    }

    @Override
    public NetworkFamily<ClusteringVariationalAutoencoderModel> family() {
        return ClusteringVariationalAutoencoder.FAMILY;
    }

    /** Returns a reader of saved models. */
    public static MLReader<ClusteringVariationalAutoencoderModel> read() {
        return ClusteringVariationalAutoencoder.FAMILY.reader();
    }

    /**
     * Loads a saved model, or the model in a saved pipeline.
     *
     * @throws io.github.sparklatent.learn.DataException if it does not exist or is damaged
     */
    public static ClusteringVariationalAutoencoderModel load(String path) {
        return read().load(path);
    }
}
