package io.github.sparklatent.ml;

import io.github.sparklatent.learn.AveragingOptions;
import io.github.sparklatent.learn.Optimizer;
import io.github.sparklatent.learn.Stage;
import io.github.sparklatent.vae.cluster.ClusteringRecipe;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.objective.ClusteringOptions;
import io.github.sparklatent.vae.stage.ClusteringPhase;
import io.github.sparklatent.vae.stage.ClusteringStages;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The stages of deep embedding as params describe them. */
final class EmbeddingFit {
    private EmbeddingFit() {}

    static Function<Architecture, List<Stage>> stages(
            Kind kind, EmbeddingParams<?> params, AveragingOptions rounds) {
        ClusteringRecipe recipe =
                ParamOptions.recipe(params)
                        .withOptions(
                                new ClusteringOptions(
                                        params.getSamples(),
                                        params.getBinarize(),
                                        params.getInformationWeight(),
                                        Arrays.stream(params.getClusterShares()).boxed().toList()))
                        .withCrossEntropy(params.getCrossEntropyWeight())
                        .withSeed(params.getSeed());
        Map<ClusteringPhase, AveragingOptions> stages = new EnumMap<>(ClusteringPhase.class);
        add(stages, ClusteringPhase.AUTOENCODER, params.getPretrainingPasses(), rounds);
        add(stages, ClusteringPhase.FIXED, params.getFixedPasses(), rounds);
        add(stages, ClusteringPhase.CLUSTERING, params.getClusteringPasses(), rounds);
        return networks -> ClusteringStages.of(kind, networks, recipe, stages);
    }

    private static void add(
            Map<ClusteringPhase, AveragingOptions> stages,
            ClusteringPhase phase,
            double passes,
            AveragingOptions rounds) {
        if (passes > 0) {
            stages.put(phase, rounds(phase, passes, rounds));
        }
    }

    /** The schedule of the rate is that of the phase, all else as the params have it. */
    static AveragingOptions rounds(ClusteringPhase phase, double passes, AveragingOptions rounds) {
        Optimizer preset = phase.preset(rounds).optimizer();
        return rounds.withMaxPasses(passes)
                .withOptimizer(rounds.optimizer().withSchedule(preset.schedule()));
    }
}
