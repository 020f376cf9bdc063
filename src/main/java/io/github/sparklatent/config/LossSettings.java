package io.github.sparklatent.config;

/**
 * What training makes small, as the configuration has it; of what only a variational autoencoder
 * has, a plain one has the defaults.
 *
 * @param binarize whether values are drawn as 0 or 1 each time a row is used
 * @param corruption of the encoder's input: its name
 * @param level of the corruption
 * @param objective the bound's name
 * @param gradient the estimator's name
 * @param samples latent vectors a row and step
 * @param beta weight of the divergence
 * @param betaWarmUpPasses passes over which it grows
 * @param freeBits nats of divergence for nothing
 * @param importanceSamples draws for the log-likelihood; 0: not measured
 */
public record LossSettings(
        boolean binarize,
        String corruption,
        double level,
        String objective,
        String gradient,
        int samples,
        double beta,
        double betaWarmUpPasses,
        double freeBits,
        int importanceSamples) {
    static LossSettings of(Settings settings) {
        return new LossSettings(
                settings.get(NetworkKeys.BINARIZE),
                settings.get(NetworkKeys.CORRUPTION),
                settings.get(NetworkKeys.CORRUPTION_LEVEL),
                settings.get(VariationalKeys.OBJECTIVE),
                settings.get(VariationalKeys.GRADIENT),
                settings.get(VariationalKeys.SAMPLES),
                settings.get(VariationalKeys.BETA),
                settings.get(VariationalKeys.BETA_WARM_UP),
                settings.get(VariationalKeys.FREE_BITS),
                settings.get(VariationalKeys.IMPORTANCE_SAMPLES));
    }
}
