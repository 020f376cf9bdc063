package io.github.sparklatent.ml.network;

import io.github.sparklatent.ml.params.VariationalAutoencoderParams;
import io.github.sparklatent.scoring.NetworkFit;
import io.github.sparklatent.vae.TrainedNetwork;
import org.apache.spark.ml.util.MLReader;

/** A trained variational autoencoder. It gives latent codes, reconstructions, anomaly scores and samples. */
public final class VariationalAutoencoderModel extends NetworkModel<VariationalAutoencoderModel>
        implements VariationalAutoencoderParams<VariationalAutoencoderModel> {
    private static final long serialVersionUID = 1L;

    /** Creates a model without a network. Spark Connect does so to get the name of the class. */
    public VariationalAutoencoderModel() {
        this("", null, null);
    }

    /**
     * Creates the model of a network.
     *
     * @param fit record of the training; null if it is not known
     */
    public VariationalAutoencoderModel(String uid, TrainedNetwork network, NetworkFit fit) {
        super(uid, network, fit);
    }

    @Override
    public NetworkFamily<VariationalAutoencoderModel> family() {
        return VariationalAutoencoder.FAMILY;
    }

    /** Returns a reader of saved models. */
    public static MLReader<VariationalAutoencoderModel> read() {
        return VariationalAutoencoder.FAMILY.reader();
    }

    /**
     * Loads a saved model, or the model in a saved pipeline.
     *
     * @throws io.github.sparklatent.learn.DataException if it does not exist or is damaged
     */
    public static VariationalAutoencoderModel load(String path) {
        return read().load(path);
    }
}
