package io.github.sparklatent.config;

import java.util.List;

/**
 * A network and how it is trained: the section {@code model}, and of {@code train}, {@code sample}
 * and {@code evaluate} what belongs to networks.
 *
 * @param type any but gmm
 * @param averaging of the training; of its stages, where it has such, what all have in common
 * @param optimizer of the training; of its stages and players what nothing is said of
 * @param stages in their order; none where the training is one
 * @param players whose steps are their own, by name; none where all step alike
 * @param sampleNoise whether sampled rows are drawn from the likelihood; else they are its mean
 * @param evaluate what it is measured by beyond its objective
 */
public record NetworkSettings(
        ModelType type,
        ArchitectureSettings architecture,
        LossSettings loss,
        AdversarySettings adversary,
        ClusteringSettings clustering,
        AveragingSettings averaging,
        OptimizerSettings optimizer,
        List<StageSettings> stages,
        List<PlayerSettings> players,
        boolean sampleNoise,
        EvaluateSettings evaluate)
        implements ModelSettings {
    static NetworkSettings of(Settings settings) {
        return new NetworkSettings(
                settings.schema().type(),
                ArchitectureSettings.of(settings),
                LossSettings.of(settings),
                AdversarySettings.of(settings),
                ClusteringSettings.of(settings),
                AveragingSettings.of(settings),
                OptimizerSettings.of(settings),
                StageSettings.of(settings),
                PlayerSettings.of(settings),
                settings.findOwn(VariationalKeys.SAMPLE_NOISE).orElse(false),
                EvaluateSettings.of(settings));
    }
}
