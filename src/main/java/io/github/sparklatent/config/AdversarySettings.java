package io.github.sparklatent.config;

/**
 * The game against a discriminator, of those models that play one; the others have the defaults.
 *
 * @param labelSmoothing what the target of a real row lies below 1
 * @param spectralNormalization whether the discriminator's layers have a largest singular value of
 *     1
 * @param gradientPenalty weight of the logit's squared slope at real rows
 * @param reconstructionWeight of the reconstruction against the discriminator's verdict
 */
public record AdversarySettings(
        double labelSmoothing,
        boolean spectralNormalization,
        double gradientPenalty,
        double reconstructionWeight) {
    static AdversarySettings of(Settings settings) {
        return new AdversarySettings(
                settings.get(AdversaryKeys.LABEL_SMOOTHING),
                settings.get(AdversaryKeys.SPECTRAL_NORMALIZATION),
                settings.get(AdversaryKeys.GRADIENT_PENALTY),
                settings.get(GameKeys.RECONSTRUCTION_WEIGHT));
    }
}
