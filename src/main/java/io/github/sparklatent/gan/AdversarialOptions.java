package io.github.sparklatent.gan;

import io.github.sparklatent.learn.Require;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.io.Serializable;

/**
 * The options of an adversarial game.
 *
 * @param labelSmoothing s: the discriminator's target is 1 − s for real rows and stays 0 for
 *     generated ones (one-sided: Salimans et al. 2016, section 3.4); from 0 to below ½
 * @param spectralNormalization whether each weight matrix W of the discriminator is used as W /
 *     σ(W), σ its largest singular value (Miyato et al. 2018)
 * @param powerIterations that approximate σ for each batch; no effect without spectral
 *     normalisation
 * @param gradientPenalty γ, at least 0: weight of the squared gradient of the discriminator's logit
 *     at the rows of the table (R1; Mescheder et al. 2018, eq. 9). With it a game converges and
 *     drops fewer modes. A step of the discriminator then takes three more passes through it,
 *     beside one for the real rows and one for each batch of generated rows
 */
@RecordBuilder
public record AdversarialOptions(
        double labelSmoothing,
        boolean spectralNormalization,
        int powerIterations,
        double gradientPenalty)
        implements AdversarialOptionsBuilder.With, Serializable {
    /** The only place where defaults are written. */
    public static final AdversarialOptions DEFAULT = new AdversarialOptions(0, false, 20, 0);

    /** Creates options whose numbers are in range. */
    public AdversarialOptions {
        Require.that(
                labelSmoothing >= 0 && labelSmoothing < 0.5,
                "labelSmoothing is %s, expected from 0 to below 0.5: real rows would count as"
                        + " generated",
                labelSmoothing);
        Require.that(
                powerIterations >= 1,
                "powerIterations is %d, expected at least 1",
                powerIterations);
        Require.that(
                gradientPenalty >= 0 && Double.isFinite(gradientPenalty),
                "gradientPenalty is %s, expected a number from 0 on",
                gradientPenalty);
    }
}
