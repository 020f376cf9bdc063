package io.github.sparklatent.ml;

import io.github.sparklatent.vae.TrainedNetwork;
import org.apache.spark.ml.util.MLReader;

/**
 * A trained variational autoencoder with a classifier of its codes: components, codes, outlier
 * scores, repairs and draws.
 */
public final class ClusteringVariationalAutoencoderModel
        extends ComponentModel<ClusteringVariationalAutoencoderModel>
        implements ClassifyingParams<ClusteringVariationalAutoencoderModel> {
    private static final long serialVersionUID = 1L;

    /** A model without a network, which Spark Connect makes to learn its name. */
    public ClusteringVariationalAutoencoderModel() {
        this("", null, null);
    }

    /**
     * The model of a network.
     *
     * @param fit null where it is not known
     */
    public ClusteringVariationalAutoencoderModel(
            String uid, TrainedNetwork network, NetworkFit fit) {
        super(uid, network, fit);
        classifyingDefaults();
    }

    public static MLReader<ClusteringVariationalAutoencoderModel> read() {
        return new NetworkModelReader<>(ClusteringVariationalAutoencoderModel.class);
    }

    /**
     * Loads a saved model, or the one in a saved pipeline.
     *
     * @throws io.github.sparklatent.learn.DataException where there is none, or where it is
     *     damaged; the message says how
     */
    public static ClusteringVariationalAutoencoderModel load(String path) {
        return read().load(path);
    }
}
