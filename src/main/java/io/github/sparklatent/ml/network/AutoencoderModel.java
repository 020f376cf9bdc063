package io.github.sparklatent.ml.network;

import io.github.sparklatent.ml.params.AutoencoderParams;
import io.github.sparklatent.scoring.NetworkFit;
import io.github.sparklatent.vae.TrainedNetwork;
import org.apache.spark.ml.util.MLReader;

/** A trained autoencoder. It gives latent codes, reconstructions and anomaly scores. */
public final class AutoencoderModel extends NetworkModel<AutoencoderModel>
        implements AutoencoderParams<AutoencoderModel> {
    private static final long serialVersionUID = 1L;

    /** Creates a model without a network. Spark Connect does so to get the name of the class. */
    public AutoencoderModel() {
        this("", null, null);
    }

    /**
     * Creates the model of a network.
     *
     * @param fit record of the training; null if it is not known
     */
    public AutoencoderModel(String uid, TrainedNetwork network, NetworkFit fit) {
        super(uid, network, fit);
    }

    @Override
    public NetworkFamily<AutoencoderModel> family() {
        return Autoencoder.FAMILY;
    }

    /** Returns a reader of saved models. */
    public static MLReader<AutoencoderModel> read() {
        return Autoencoder.FAMILY.reader();
    }

    /**
     * Loads a saved model, or the model in a saved pipeline.
     *
     * @throws io.github.sparklatent.learn.DataException if it does not exist or is damaged
     */
    public static AutoencoderModel load(String path) {
        return read().load(path);
    }
}
