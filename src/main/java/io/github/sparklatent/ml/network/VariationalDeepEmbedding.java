package io.github.sparklatent.ml.network;

import io.github.sparklatent.ml.io.ModelDirectory;
import io.github.sparklatent.ml.network.keys.NetworkModelTypes;
import io.github.sparklatent.ml.params.VariationalDeepEmbeddingSetters;
import io.github.sparklatent.vae.model.Kind;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;

/**
 * Trains a clustering model by variational deep embedding (Jiang et al. 2017): an autoencoder, then a mixture of its
 * latent codes, then both together as one density of rows. Equal seeds and equal numbers of partitions give identical
 * models on any cluster.
 */
public final class VariationalDeepEmbedding
        extends NetworkEstimator<VariationalDeepEmbedding, VariationalDeepEmbeddingModel>
        implements VariationalDeepEmbeddingSetters<VariationalDeepEmbedding> {
    private static final long serialVersionUID = 1L;

    /** The model family of variational deep embedding. */
    public static final NetworkFamily<VariationalDeepEmbeddingModel> FAMILY = new NetworkFamily<>(
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
    public NetworkFamily<VariationalDeepEmbeddingModel> family() {
        return FAMILY;
    }

    /** Returns a reader of saved Estimators. */
    public static MLReader<VariationalDeepEmbedding> read() {
        return ModelDirectory.reader(
                VariationalDeepEmbedding.class, (directory, uid) -> new VariationalDeepEmbedding(uid));
    }

    /** Loads a saved Estimator. */
    public static VariationalDeepEmbedding load(String path) {
        return read().load(path);
    }
}
