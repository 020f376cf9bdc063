package io.github.sparklatent.ml.network;

import io.github.sparklatent.ml.network.keys.NetworkModelTypes;
import io.github.sparklatent.ml.params.VariationalDeepEmbeddingParams;
import io.github.sparklatent.vae.model.Kind;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;

/**
 * Trains a model of clusters by variational deep embedding (Jiang et al. 2017): an autoencoder, a
 * mixture of its codes, then both together as one density of rows. Equal seeds give equal bits,
 * whatever the cluster, for the same number of partitions.
 */
public final class VariationalDeepEmbedding
        extends NetworkEstimator<VariationalDeepEmbedding, VariationalDeepEmbeddingModel>
        implements VariationalDeepEmbeddingParams<VariationalDeepEmbedding> {
    private static final long serialVersionUID = 1L;

    public static final NetworkFamily<VariationalDeepEmbeddingModel> FAMILY =
            new NetworkFamily<>(
                    NetworkModelTypes.VADE,
                    Kind.EMBEDDING,
                    VariationalDeepEmbeddingModel.class,
                    VariationalDeepEmbedding::new,
                    VariationalDeepEmbeddingModel::new);

    /** Creates an Estimator with a random uid. */
    public VariationalDeepEmbedding() {
        this(Identifiable$.MODULE$.randomUID("VariationalDeepEmbedding"));
    }

    /** Creates an Estimator with a uid. */
    public VariationalDeepEmbedding(String uid) {
        super(uid);
    }

    @Override
    public NetworkFamily<VariationalDeepEmbeddingModel> networkFamily() {
        return FAMILY;
    }

    /** Returns a reader of saved Estimators. */
    public static MLReader<VariationalDeepEmbedding> read() {
        return new DefaultParamsReader<>();
    }

    /** Loads a saved Estimator. */
    public static VariationalDeepEmbedding load(String path) {
        return read().load(path);
    }
}
