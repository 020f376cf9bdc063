package io.github.sparklatent.app.config;

/**
 * An autoencoder, plain or variational, and how it is trained: the section {@code model}, and of
 * {@code train} and {@code sample} what belongs to networks.
 *
 * @param type ae or vae
 * @param sampleNoise whether sampled rows are drawn from the likelihood; else they are its mean
 */
public record NetworkSettings(
        ModelType type,
        ArchitectureSettings architecture,
        LossSettings loss,
        AveragingSettings averaging,
        OptimizerSettings optimizer,
        boolean sampleNoise)
        implements ModelSettings {
    static NetworkSettings of(Settings settings) {
        return new NetworkSettings(
                settings.schema().type(),
                ArchitectureSettings.of(settings),
                LossSettings.of(settings),
                AveragingSettings.of(settings),
                OptimizerSettings.of(settings),
                settings.get(VariationalKeys.SAMPLE_NOISE));
    }
}
