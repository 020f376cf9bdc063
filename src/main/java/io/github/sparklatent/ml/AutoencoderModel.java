package io.github.sparklatent.ml;

import io.github.sparklatent.vae.TrainedNetwork;
import org.apache.spark.ml.util.MLReader;

/** A trained autoencoder: codes, reconstructions and how strange rows are. */
public final class AutoencoderModel extends NetworkModel<AutoencoderModel>
        implements AutoencoderParams<AutoencoderModel> {
    private static final long serialVersionUID = 1L;

    /** A model without a network, which Spark Connect makes to learn its name. */
    public AutoencoderModel() {
        this("", null, null);
    }

    /**
     * The model of a network.
     *
     * @param fit null where it is not known
     */
    public AutoencoderModel(String uid, TrainedNetwork network, NetworkFit fit) {
        super(uid, network, fit);
        autoencoderDefaults();
    }

    public static MLReader<AutoencoderModel> read() {
        return new NetworkModelReader<>(AutoencoderModel.class);
    }

    /**
     * Loads a saved model, or the one in a saved pipeline.
     *
     * @throws io.github.sparklatent.learn.DataException where there is none, or where it is
     *     damaged; the message says how
     */
    public static AutoencoderModel load(String path) {
        return read().load(path);
    }
}
