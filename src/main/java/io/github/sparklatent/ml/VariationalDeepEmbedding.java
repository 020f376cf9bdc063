package io.github.sparklatent.ml;

import io.github.sparklatent.learn.AveragingOptions;
import io.github.sparklatent.learn.Optimizer;
import io.github.sparklatent.learn.Stage;
import io.github.sparklatent.vae.Architecture;
import io.github.sparklatent.vae.EmbeddingOptions;
import io.github.sparklatent.vae.EmbeddingPhase;
import io.github.sparklatent.vae.EmbeddingRecipe;
import io.github.sparklatent.vae.EmbeddingStages;
import io.github.sparklatent.vae.EmbeddingStart;
import io.github.sparklatent.vae.Kind;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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
        EmbeddingRecipe recipe =
                EmbeddingRecipe.DEFAULT
                        .withOptions(
                                new EmbeddingOptions(
                                        getSamples(),
                                        getBinarize(),
                                        getInformationWeight(),
                                        Arrays.stream(getClusterShares()).boxed().toList()))
                        .withStart(NetworkNames.constant(EmbeddingStart.class, getStart()))
                        .withRestarts(getRestarts())
                        .withStartRows(getStartRows())
                        .withCrossEntropy(getCrossEntropyWeight())
                        .withSeed(getSeed());
        Map<EmbeddingPhase, AveragingOptions> stages = new EnumMap<>(EmbeddingPhase.class);
        add(stages, EmbeddingPhase.AUTOENCODER, getPretrainingPasses(), rounds);
        add(stages, EmbeddingPhase.FIXED, getFixedPasses(), rounds);
        add(stages, EmbeddingPhase.CLUSTERING, getClusteringPasses(), rounds);
        return networks -> EmbeddingStages.of(networks, recipe, stages);
    }

    /** The schedule of the rate is that of the phase, all else as the params have it. */
    private static void add(
            Map<EmbeddingPhase, AveragingOptions> stages,
            EmbeddingPhase phase,
            double passes,
            AveragingOptions rounds) {
        if (passes > 0) {
            Optimizer preset = phase.preset(rounds).optimizer();
            stages.put(
                    phase,
                    rounds.withMaxPasses(passes)
                            .withOptimizer(rounds.optimizer().withSchedule(preset.schedule())));
        }
    }

    public static MLReader<VariationalDeepEmbedding> read() {
        return new DefaultParamsReader<>();
    }

    public static VariationalDeepEmbedding load(String path) {
        return read().load(path);
    }
}
