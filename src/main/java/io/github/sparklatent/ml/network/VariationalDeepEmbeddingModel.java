package io.github.sparklatent.ml.network;

import io.github.sparklatent.ml.network.record.NetworkFit;
import io.github.sparklatent.ml.params.VariationalDeepEmbeddingParams;
import io.github.sparklatent.vae.TrainedNetwork;
import org.apache.spark.ml.util.MLReader;

/**
 * A trained variational deep embedding: components, codes, anomaly scores, reconstructions and
 * samples.
 */
public final class VariationalDeepEmbeddingModel extends NetworkModel<VariationalDeepEmbeddingModel>
        implements VariationalDeepEmbeddingParams<VariationalDeepEmbeddingModel> {
    private static final long serialVersionUID = 1L;

    /** Makes a model without a network; Spark Connect does so to learn the name of the class. */
    public VariationalDeepEmbeddingModel() {
        this("", null, null);
    }

    /**
     * Makes the model of a network.
     *
     * @param fit how the network was trained; null if that is not known
     */
    public VariationalDeepEmbeddingModel(String uid, TrainedNetwork network, NetworkFit fit) {
        super(uid, network, fit);
    }

    @Override
    NetworkFamily<VariationalDeepEmbeddingModel> networkFamily() {
        return VariationalDeepEmbedding.FAMILY;
    }

    /** Returns a reader of saved models. */
    public static MLReader<VariationalDeepEmbeddingModel> read() {
        return new NetworkModelReader<>(VariationalDeepEmbedding.FAMILY);
    }

    /**
     * Loads a saved model, or the one in a saved pipeline.
     *
     * @throws io.github.sparklatent.learn.DataException if there is none, or if it is damaged; the
     *     message says how
     */
    public static VariationalDeepEmbeddingModel load(String path) {
        return read().load(path);
    }
}
