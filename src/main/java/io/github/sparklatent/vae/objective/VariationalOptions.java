package io.github.sparklatent.vae.objective;

import io.github.sparklatent.settings.Names;
import io.github.sparklatent.settings.Rules;
import io.github.sparklatent.settings.Setting;
import io.github.sparklatent.vae.latent.Corruption;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.io.Serializable;

/**
 * The options of {@link VariationalObjective}.
 *
 * @param bound the lower bound of log p(x) that training raises
 * @param gradient estimator of the gradient of the bound
 * @param samples L, number of samples of z that are drawn for each row
 * @param beta weight of the KL divergence; 1 gives the bound itself, other values give a β-VAE (Higgins et al. 2017)
 * @param betaWarmUpEpochs number of epochs at the start of training during which the weight of the KL divergence rises
 *     linearly from 0 to beta (Sønderby et al. 2016); 0: no warm-up
 * @param corruption corruption of the encoder's input in training
 * @param binarize whether each value, in [0, 1], is drawn as 0 or 1 each time its row is used; for the bernoulli
 *     likelihood only
 */
@RecordBuilder
public record VariationalOptions(
        @Setting(
                key = "model.objective",
                meaning = "bound that is maximised: elbo, or the tighter iwae of all samples together")
        Bound bound,

        @Setting(
                key = "model.gradient",
                meaning = "estimator of the gradient; score-function needs no derivative of the decoder")
        GradientEstimator gradient,

        @Setting(
                key = "model.samples",
                meaning = "latent vectors drawn for a row in each training step; mog-vae: for each component",
                range = ">= 1")
        int samples,

        @Setting(
                key = "model.beta",
                meaning = "weight of the KL divergence from the prior; 1: the evidence lower bound",
                range = ">= 0")
        double beta,

        @Setting(
                key = "model.betaWarmUpEpochs",
                meaning = "epochs over which the weight of the KL divergence grows from 0; over all stages together",
                range = ">= 0")
        double betaWarmUpEpochs,

        Corruption corruption,

        @Setting(
                key = "model.binarize",
                meaning = "bernoulli: whether values are drawn as 0 or 1 each time a row is used")
        boolean binarize)
        implements VariationalOptionsBuilder.With, Serializable {
    /** The default options. Defaults are defined here only. */
    public static final VariationalOptions DEFAULT =
            new VariationalOptions(Bound.ELBO, GradientEstimator.REPARAMETERIZED, 1, 1, 0, Corruption.NONE, false);

    public VariationalOptions {
        boolean score = gradient == GradientEstimator.SCORE_FUNCTION;
        boolean iwae = bound == Bound.IWAE;
        Rules.of(VariationalOptions.class)
                .range("samples", samples)
                .range("beta", beta)
                .range("betaWarmUpEpochs", betaWarmUpEpochs)
                .refuse(
                        score && samples < 2,
                        "gradient",
                        "is score-function, but model.samples is %d: each sample is compared with the others, so there must be at least 2",
                        samples)
                .refuse(
                        score && iwae,
                        "gradient",
                        "is score-function, but model.objective is iwae: must be reparameterized")
                .check();
    }

    /** Returns the weight of the KL divergence after a number of epochs. */
    double betaAt(double epochs) {
        return betaWarmUpEpochs == 0 ? beta : beta * Math.min(1, epochs / betaWarmUpEpochs);
    }

    /** The estimators of the gradient of an expectation over q(z|x). */
    public enum GradientEstimator {
        /** The reparameterised gradient, through z = μ + σ ε. */
        REPARAMETERIZED,
        /** The gradient by the derivative of log q(z|x): the same expectation with a higher variance. */
        SCORE_FUNCTION;

        @Override
        public String toString() {
            return Names.of(this);
        }
    }

    /** The bound of log p(x) that training raises. */
    public enum Bound {
        /** The evidence lower bound: the mean over samples of log p(x,z) − log q(z|x). */
        ELBO,
        /** The importance-weighted bound: the logarithm of the mean of p(x,z) / q(z|x). */
        IWAE;

        @Override
        public String toString() {
            return Names.of(this);
        }
    }
}
