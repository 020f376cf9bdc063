package io.github.sparklatent.ml;

import io.github.sparklatent.vae.TrainedNetwork;
import org.apache.spark.ml.util.MLReader;

/** A trained variational deep embedding: components, codes, outlier scores, repairs and draws. */
public final class VariationalDeepEmbeddingModel
        extends ComponentModel<VariationalDeepEmbeddingModel>
        implements EmbeddingParams<VariationalDeepEmbeddingModel> {
    private static final long serialVersionUID = 1L;

    /** A model without a network, which Spark Connect makes to learn its name. */
    public VariationalDeepEmbeddingModel() {
        this("", null, null);
    }

    /**
     * The model of a network.
     *
     * @param fit null where it is not known
     */
    public VariationalDeepEmbeddingModel(String uid, TrainedNetwork network, NetworkFit fit) {
        super(uid, network, fit);
        embeddingDefaults();
    }

    public static MLReader<VariationalDeepEmbeddingModel> read() {
        return new NetworkModelReader<>(VariationalDeepEmbeddingModel.class);
    }

    /**
     * Loads a saved model, or the one in a saved pipeline.
     *
     * @throws io.github.sparklatent.learn.DataException where there is none, or where it is
     *     damaged; the message says how
     */
    public static VariationalDeepEmbeddingModel load(String path) {
        return read().load(path);
    }
}
