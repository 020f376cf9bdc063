package io.github.sparklatent.ml.network;

import io.github.sparklatent.ml.network.record.NetworkFit;
import io.github.sparklatent.ml.params.MixtureVariationalAutoencoderParams;
import io.github.sparklatent.vae.TrainedNetwork;
import org.apache.spark.ml.util.MLReader;

/**
 * A trained mixture-of-Gaussians variational autoencoder: components, codes, anomaly scores,
 * reconstructions and samples.
 */
public final class MixtureVariationalAutoencoderModel
        extends NetworkModel<MixtureVariationalAutoencoderModel>
        implements MixtureVariationalAutoencoderParams<MixtureVariationalAutoencoderModel> {
    private static final long serialVersionUID = 1L;

    /** Makes a model without a network; Spark Connect does so to learn the name of the class. */
    public MixtureVariationalAutoencoderModel() {
        this("", null, null);
    }

    /**
     * Makes the model of a network.
     *
     * @param fit how the network was trained; null if that is not known
     */
    public MixtureVariationalAutoencoderModel(String uid, TrainedNetwork network, NetworkFit fit) {
        super(uid, network, fit);
    }

    @Override
    NetworkFamily<MixtureVariationalAutoencoderModel> networkFamily() {
        return MixtureVariationalAutoencoder.FAMILY;
    }

    /** Returns a reader of saved models. */
    public static MLReader<MixtureVariationalAutoencoderModel> read() {
        return new NetworkModelReader<>(MixtureVariationalAutoencoder.FAMILY);
    }

    /**
     * Loads a saved model, or the one in a saved pipeline.
     *
     * @throws io.github.sparklatent.learn.DataException if there is none, or if it is damaged; the
     *     message says how
     */
    public static MixtureVariationalAutoencoderModel load(String path) {
        return read().load(path);
    }
}
