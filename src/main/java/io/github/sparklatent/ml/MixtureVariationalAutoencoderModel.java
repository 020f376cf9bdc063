package io.github.sparklatent.ml;

import io.github.sparklatent.vae.TrainedNetwork;
import org.apache.spark.ml.util.MLReader;

/**
 * A trained variational autoencoder whose codes are a mixture of Gaussians: components, codes,
 * outlier scores, repairs and draws.
 */
public final class MixtureVariationalAutoencoderModel
        extends ComponentModel<MixtureVariationalAutoencoderModel>
        implements MixtureVariationalParams<MixtureVariationalAutoencoderModel> {
    private static final long serialVersionUID = 1L;

    /** A model without a network, which Spark Connect makes to learn its name. */
    public MixtureVariationalAutoencoderModel() {
        this("", null, null);
    }

    /**
     * The model of a network.
     *
     * @param fit null where it is not known
     */
    public MixtureVariationalAutoencoderModel(String uid, TrainedNetwork network, NetworkFit fit) {
        super(uid, network, fit);
        mixtureVariationalDefaults();
    }

    public static MLReader<MixtureVariationalAutoencoderModel> read() {
        return new NetworkModelReader<>(MixtureVariationalAutoencoderModel.class);
    }

    /**
     * Loads a saved model, or the one in a saved pipeline.
     *
     * @throws io.github.sparklatent.learn.DataException where there is none, or where it is
     *     damaged; the message says how
     */
    public static MixtureVariationalAutoencoderModel load(String path) {
        return read().load(path);
    }
}
