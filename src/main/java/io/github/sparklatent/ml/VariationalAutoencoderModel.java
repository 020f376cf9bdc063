package io.github.sparklatent.ml;

import io.github.sparklatent.vae.TrainedNetwork;
import org.apache.spark.ml.util.MLReader;

/** A trained variational autoencoder: a distribution of rows through latent variables. */
public final class VariationalAutoencoderModel extends GenerativeModel<VariationalAutoencoderModel>
        implements VariationalParams<VariationalAutoencoderModel> {
    private static final long serialVersionUID = 1L;

    /** A model without a network, which Spark Connect makes to learn its name. */
    public VariationalAutoencoderModel() {
        this("", null, null);
    }

    /**
     * The model of a network.
     *
     * @param fit null where it is not known
     */
    public VariationalAutoencoderModel(String uid, TrainedNetwork network, NetworkFit fit) {
        super(uid, network, fit);
        variationalDefaults();
    }

    public static MLReader<VariationalAutoencoderModel> read() {
        return new NetworkModelReader<>(VariationalAutoencoderModel.class);
    }

    /**
     * Loads a saved model, or the one in a saved pipeline.
     *
     * @throws io.github.sparklatent.learn.DataException where there is none, or where it is
     *     damaged; the message says how
     */
    public static VariationalAutoencoderModel load(String path) {
        return read().load(path);
    }
}
