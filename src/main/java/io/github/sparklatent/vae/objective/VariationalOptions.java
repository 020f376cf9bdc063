package io.github.sparklatent.vae.objective;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.vae.latent.Corruption;
import io.github.sparklatent.vae.model.Kind;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.io.Serializable;

/**
 * The options of {@link VariationalObjective} and {@link MixtureVariationalObjective}.
 *
 * @param bound the lower bound of log p(x) that training raises
 * @param gradient estimator of the gradient of the bound
 * @param samples L, number of samples of z that are drawn for each row
 * @param beta weight of the KL divergence; 1 gives the bound itself, other values give a β-VAE
 *     (Higgins et al. 2017)
 * @param betaWarmUpEpochs number of epochs at the start of training during which the weight of the
 *     KL divergence rises linearly from 0 to beta (Sønderby et al. 2016); 0: no warm-up
 * @param freeBits λ, in nats: training does not lower the KL divergence of a latent dimension
 *     further if its mean over the batch is at most λ (Kingma et al. 2016)
 * @param corruption corruption of the encoder's input in training
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
    /** The default options. Defaults are defined here only. */
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
     * Requires that no option needs one Gaussian posterior and the prior N(0, I).
     *
     * @param kind the model, for the message
     * @throws IllegalArgumentException if the bound or the gradient is not the default, or if there
     *     are free bits
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

    /** Returns the weight of the KL divergence after a number of epochs. */
    double betaAt(double epochs) {
        return betaWarmUpEpochs == 0 ? beta : beta * Math.min(1, epochs / betaWarmUpEpochs);
    }
}
