package io.github.sparklatent.ml;

import io.github.sparklatent.learn.AveragingOptions;
import io.github.sparklatent.learn.Stage;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;

/**
 * Trains a variational autoencoder whose codes are Gaussian around the mean of their component,
 * with a small network, the classifier, that says of a code which component it belongs to; before
 * that an autoencoder, the clusters of whose codes are the start, as of a {@link
 * VariationalDeepEmbedding}. Equal seeds give equal bits, whatever the cluster, for the same number
 * of partitions.
 */
public final class ClusteringVariationalAutoencoder
        extends NetworkEstimator<
                ClusteringVariationalAutoencoder, ClusteringVariationalAutoencoderModel>
        implements ClassifyingParams<ClusteringVariationalAutoencoder> {
    private static final long serialVersionUID = 1L;

    public ClusteringVariationalAutoencoder() {
        this(Identifiable$.MODULE$.randomUID("ClusteringVariationalAutoencoder"));
    }

    public ClusteringVariationalAutoencoder(String uid) {
        super(uid, ClusteringVariationalAutoencoderModel.class);
        classifyingDefaults();
    }

    /** The first stage trains a plain autoencoder. */
    @Override
    Kind startKind() {
        return Kind.AUTOENCODER;
    }

    @Override
    Function<Architecture, List<Stage>> stages(AveragingOptions rounds) {
        return EmbeddingFit.stages(Kind.CLASSIFYING, this, rounds);
    }

    public static MLReader<ClusteringVariationalAutoencoder> read() {
        return new DefaultParamsReader<>();
    }

    public static ClusteringVariationalAutoencoder load(String path) {
        return read().load(path);
    }
}
