package io.github.sparklatent.ml.network;

import io.github.sparklatent.ml.network.record.NetworkFit;
import io.github.sparklatent.ml.params.VariationalAutoencoderParams;
import io.github.sparklatent.vae.TrainedNetwork;
import org.apache.spark.ml.util.MLReader;

/** A trained variational autoencoder: codes, reconstructions, anomaly scores and samples. */
public final class VariationalAutoencoderModel extends NetworkModel<VariationalAutoencoderModel>
        implements VariationalAutoencoderParams<VariationalAutoencoderModel> {
    private static final long serialVersionUID = 1L;

    /** Makes a model without a network; Spark Connect does so to learn the name of the class. */
    public VariationalAutoencoderModel() {
        this("", null, null);
    }

    /**
     * Makes the model of a network.
     *
     * @param fit how the network was trained; null if that is not known
     */
    public VariationalAutoencoderModel(String uid, TrainedNetwork network, NetworkFit fit) {
        super(uid, network, fit);
    }

    @Override
    NetworkFamily<VariationalAutoencoderModel> networkFamily() {
        return VariationalAutoencoder.FAMILY;
    }

    /** Returns a reader of saved models. */
    public static MLReader<VariationalAutoencoderModel> read() {
        return new NetworkModelReader<>(VariationalAutoencoder.FAMILY);
    }

    /**
     * Loads a saved model, or the one in a saved pipeline.
     *
     * @throws io.github.sparklatent.learn.DataException if there is none, or if it is damaged; the
     *     message says how
     */
    public static VariationalAutoencoderModel load(String path) {
        return read().load(path);
    }
}
