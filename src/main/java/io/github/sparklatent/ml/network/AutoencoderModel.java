package io.github.sparklatent.ml.network;

import io.github.sparklatent.ml.network.record.NetworkFit;
import io.github.sparklatent.ml.params.AutoencoderParams;
import io.github.sparklatent.vae.TrainedNetwork;
import org.apache.spark.ml.util.MLReader;

/** A trained autoencoder: codes, reconstructions and anomaly scores. */
public final class AutoencoderModel extends NetworkModel<AutoencoderModel>
        implements AutoencoderParams<AutoencoderModel> {
    private static final long serialVersionUID = 1L;

    /** Makes a model without a network; Spark Connect does so to learn the name of the class. */
    public AutoencoderModel() {
        this("", null, null);
    }

    /**
     * Makes the model of a network.
     *
     * @param fit how the network was trained; null if that is not known
     */
    public AutoencoderModel(String uid, TrainedNetwork network, NetworkFit fit) {
        super(uid, network, fit);
    }

    @Override
    NetworkFamily<AutoencoderModel> networkFamily() {
        return Autoencoder.FAMILY;
    }

    /** Returns a reader of saved models. */
    public static MLReader<AutoencoderModel> read() {
        return new NetworkModelReader<>(Autoencoder.FAMILY);
    }

    /**
     * Loads a saved model, or the one in a saved pipeline.
     *
     * @throws io.github.sparklatent.learn.DataException if there is none, or if it is damaged; the
     *     message says how
     */
    public static AutoencoderModel load(String path) {
        return read().load(path);
    }
}
