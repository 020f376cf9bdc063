package io.github.sparklatent.inference;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.em.StoppingRule;
import io.github.sparklatent.settings.Rules;
import io.github.sparklatent.settings.Setting;
import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * The options of variational inference.
 *
 * @param posterior form of q
 * @param estimator estimator of the gradient
 * @param draws S, the number of parameter vectors drawn in a round, at least 2
 * @param learningRate first learning rate of Adam, above 0
 * @param stopping when the rounds end; the tolerance is in nats of the whole ELBO, not per row
 * @param seed of all randomness
 */
@RecordBuilder
public record InferenceOptions(
        @Setting(
                key = "model.posterior",
                meaning = "covariance of the Gaussian posterior: none between parameters, or" + " full")
        PosteriorForm posterior,

        @Setting(
                key = "model.gradient",
                meaning = "estimator of the gradient of the ELBO",
                absent = "reparameterized if the density has gradients, else score-function")
        GradientEstimator estimator,

        @Setting(key = "train.draws", meaning = "parameter vectors drawn in a round", range = ">= 2")
        int draws,

        @Setting(
                key = "train.learningRate",
                meaning = "first learning rate of Adam; it is lowered twice, to a quarter" + " each time",
                range = "> 0")
        double learningRate,

        StoppingRule stopping,
        @Setting(key = "train.seed") long seed)
        implements InferenceOptionsBuilder.With {
    /**
     * Greatest number of parameters of a full covariance. A round costs p³ / 6 operations on the driver, 0.2 s for
     * 1,000.
     */
    public static final int MOST_FULL = 1000;

    /** The default options. Defaults are defined here only. */
    public static final InferenceOptions DEFAULT = new InferenceOptions(
            PosteriorForm.MEAN_FIELD, GradientEstimator.REPARAMETERIZED, 10, 0.1, new StoppingRule(2000, 0.1), 1);

    public InferenceOptions {
        Rules.of(InferenceOptions.class)
                .range("draws", draws)
                .range("learningRate", learningRate)
                .check();
    }

    /**
     * Requires that a model can be fitted with these options.
     *
     * @throws IllegalArgumentException if it has no parameters, too many of them, or no gradients
     */
    public void require(BayesianModel model) {
        int p = model.parameters().free();
        Require.that(p >= 1, "the model has %d parameters, expected at least 1", p);
        Require.that(
                posterior == PosteriorForm.MEAN_FIELD || p <= MOST_FULL,
                "the model has %d parameters, but a full posterior has at most %d: use mean-field",
                p,
                MOST_FULL);
        Require.that(
                estimator == GradientEstimator.SCORE_FUNCTION || model.hasGradients(),
                "the model has no gradients, which the reparameterized estimator needs: use" + " score-function");
    }
}
