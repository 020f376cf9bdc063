package io.github.sparklatent.gan;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.settings.Rules;
import io.github.sparklatent.settings.Setting;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.io.Serializable;

/**
 * The options of an adversarial game.
 *
 * @param labelSmoothing s, from 0 to below ½: the discriminator's target is 1 − s for real rows, and 0 for generated
 *     rows (one-sided label smoothing; Salimans et al. 2016, section 3.4)
 * @param spectralNormalization whether each weight matrix W of the discriminator is divided by its largest singular
 *     value σ(W) (Miyato et al. 2018)
 * @param powerIterations number of power iterations that approximate σ(W) for each batch, at least 1; no effect without
 *     spectral normalisation
 * @param gradientPenalty γ, at least 0. The discriminator's loss gets the penalty R1: γ/2 times the mean squared length
 *     of the gradient of its logit with respect to a row, at the rows of the table (Mescheder et al. 2018, eq. 9). The
 *     penalty helps the game to converge, and the generator leaves out fewer kinds of rows. Without it, a step of the
 *     discriminator takes one pass through its network for the real rows, and one for each batch of generated rows; the
 *     penalty takes three more passes
 */
@RecordBuilder
public record AdversarialOptions(
        @Setting(
                key = "model.labelSmoothing",
                meaning = "difference between 1 and the discriminator's target for a real" + " row",
                range = ">= 0 and < 0.5")
        double labelSmoothing,

        @Setting(
                key = "model.spectralNormalization",
                meaning = "whether each layer of the discriminator is divided by its largest" + " singular value")
        boolean spectralNormalization,

        int powerIterations,

        @Setting(
                key = "model.gradientPenalty",
                meaning = "weight of the squared gradient of the discriminator's logit at"
                        + " real rows (R1); prevents missing modes",
                range = ">= 0")
        double gradientPenalty)
        implements AdversarialOptionsBuilder.With, Serializable {
    /** The default options. Defaults are defined here only. */
    public static final AdversarialOptions DEFAULT = new AdversarialOptions(0, false, 20, 0);

    public AdversarialOptions {
        Require.that(powerIterations >= 1, "powerIterations is %d, expected at least 1", powerIterations);
        Rules.of(AdversarialOptions.class)
                .range("labelSmoothing", labelSmoothing)
                .range("gradientPenalty", gradientPenalty)
                .check();
    }
}
