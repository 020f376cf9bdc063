package io.github.sparklatent.vae.objective;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.vae.latent.Corruption;
import io.github.sparklatent.vae.model.Kind;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.io.Serializable;

/**
 * The options of {@link VariationalObjective} and {@link MixtureVariationalObjective}.
 *
 * @param bound that training raises
 * @param gradient how its expectation is differentiated
 * @param samples L, drawn of z for each row
 * @param beta KL weight; 1 is the bound, other values give a β-VAE (Higgins et al. 2017)
 * @param betaWarmUpEpochs over the data during which the KL weight rises linearly from 0 (Sønderby
 *     et al. 2016); 0: no warm-up
 * @param freeBits λ in nats: the divergence of a latent dimension is not lowered further if its
 *     mean over the batch is at most λ (Kingma et al. 2016)
 * @param corruption of the input while training
 * @param binarize whether each value, in [0, 1], is drawn as 0 or 1 each time its row is used; for
 *     the bernoulli likelihood only
 */
@RecordBuilder
public record VariationalOptions(
        Bound bound,
        GradientEstimator gradient,
        int samples,
        double beta,
        double betaWarmUpEpochs,
        double freeBits,
        Corruption corruption,
        boolean binarize)
        implements VariationalOptionsBuilder.With, Serializable {
    /** The only place where defaults are written. */
    public static final VariationalOptions DEFAULT =
            new VariationalOptions(
                    Bound.ELBO,
                    GradientEstimator.REPARAMETERIZED,
                    1,
                    1,
                    0,
                    0,
                    Corruption.NONE,
                    false);

    /** Creates options that fit together. */
    public VariationalOptions {
        Require.that(samples >= 1, "samples is %d, expected at least 1", samples);
        requireNotNegative("beta", beta);
        requireNotNegative("betaWarmUpEpochs", betaWarmUpEpochs);
        requireNotNegative("freeBits", freeBits);
        boolean score = gradient == GradientEstimator.SCORE_FUNCTION;
        Require.that(
                !score || samples >= 2,
                "samples is %d, expected at least 2 for the score-function gradient: each sample's"
                        + " baseline is the mean of the others",
                samples);
        Require.that(
                !score || bound == Bound.ELBO,
                "the score-function gradient is of the elbo, found the objective iwae");
        Require.that(
                freeBits == 0 || bound == Bound.ELBO,
                "freeBits is %s, expected 0 with the objective iwae, which has no divergence of a"
                        + " dimension",
                freeBits);
    }

    private static void requireNotNegative(String name, double value) {
        Require.that(
                value >= 0 && Double.isFinite(value),
                "%s is %s, expected a finite number not below 0",
                name,
                value);
    }

    /**
     * Refuses options that need one Gaussian posterior and the prior N(0, I).
     *
     * @throws IllegalArgumentException for another bound or gradient than the default, or free bits
     */
    void requirePlain(Kind kind) {
        Require.that(
                bound == Bound.ELBO,
                "objective is iwae, expected elbo with %s",
                kind.withArticle());
        Require.that(
                gradient == GradientEstimator.REPARAMETERIZED,
                "gradient is score-function, expected reparameterized with %s",
                kind.withArticle());
        Require.that(
                freeBits == 0,
                "freeBits is %s, expected 0 with %s, whose divergence is not a sum over the"
                        + " dimensions",
                freeBits,
                kind.withArticle());
    }

    /** Returns the KL weight after some epochs over the data. */
    double betaAt(double epochs) {
        return betaWarmUpEpochs == 0 ? beta : beta * Math.min(1, epochs / betaWarmUpEpochs);
    }
}
