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
 * Finds clusters by variational deep embedding (Jiang et al. 2017): an autoencoder, a mixture of
 * its codes, then both together as one density of rows. Equal seeds give equal bits, whatever the
 * cluster, for the same number of partitions.
 */
public final class VariationalDeepEmbedding
        extends NetworkEstimator<VariationalDeepEmbedding, VariationalDeepEmbeddingModel>
        implements EmbeddingParams<VariationalDeepEmbedding> {
    private static final long serialVersionUID = 1L;

    public VariationalDeepEmbedding() {
        this(Identifiable$.MODULE$.randomUID("VariationalDeepEmbedding"));
    }

    public VariationalDeepEmbedding(String uid) {
        super(uid, VariationalDeepEmbeddingModel.class);
        embeddingDefaults();
    }

    /** The first stage trains a plain autoencoder. */
    @Override
    Kind startKind() {
        return Kind.AUTOENCODER;
    }

    @Override
    Function<Architecture, List<Stage>> stages(AveragingOptions rounds) {
        return EmbeddingFit.stages(Kind.EMBEDDING, this, rounds);
    }

    public static MLReader<VariationalDeepEmbedding> read() {
        return new DefaultParamsReader<>();
    }

    public static VariationalDeepEmbedding load(String path) {
        return read().load(path);
    }
}
