package io.github.sparklatent.ml;

import io.github.sparklatent.learn.AveragingOptions;
import io.github.sparklatent.learn.Optimizer;
import io.github.sparklatent.learn.Stage;
import io.github.sparklatent.vae.Architecture;
import io.github.sparklatent.vae.EmbeddingOptions;
import io.github.sparklatent.vae.EmbeddingPhase;
import io.github.sparklatent.vae.EmbeddingRecipe;
import io.github.sparklatent.vae.EmbeddingStages;
import io.github.sparklatent.vae.Kind;
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
        EmbeddingRecipe recipe =
                ParamOptions.recipe(params)
                        .withOptions(
                                new EmbeddingOptions(
                                        params.getSamples(),
                                        params.getBinarize(),
                                        params.getInformationWeight(),
                                        Arrays.stream(params.getClusterShares()).boxed().toList()))
                        .withCrossEntropy(params.getCrossEntropyWeight())
                        .withSeed(params.getSeed());
        Map<EmbeddingPhase, AveragingOptions> stages = new EnumMap<>(EmbeddingPhase.class);
        add(stages, EmbeddingPhase.AUTOENCODER, params.getPretrainingPasses(), rounds);
        add(stages, EmbeddingPhase.FIXED, params.getFixedPasses(), rounds);
        add(stages, EmbeddingPhase.CLUSTERING, params.getClusteringPasses(), rounds);
        return networks -> EmbeddingStages.of(kind, networks, recipe, stages);
    }

    private static void add(
            Map<EmbeddingPhase, AveragingOptions> stages,
            EmbeddingPhase phase,
            double passes,
            AveragingOptions rounds) {
        if (passes > 0) {
            stages.put(phase, rounds(phase, passes, rounds));
        }
    }

    /** The schedule of the rate is that of the phase, all else as the params have it. */
    static AveragingOptions rounds(EmbeddingPhase phase, double passes, AveragingOptions rounds) {
        Optimizer preset = phase.preset(rounds).optimizer();
        return rounds.withMaxPasses(passes)
                .withOptimizer(rounds.optimizer().withSchedule(preset.schedule()));
    }
}
