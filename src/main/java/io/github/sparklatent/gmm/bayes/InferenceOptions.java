package io.github.sparklatent.gmm.bayes;

import io.github.sparklatent.gmm.em.StatisticsLayout;
import io.github.sparklatent.learn.OptionsException;
import io.github.sparklatent.settings.Setting;
import java.io.Serializable;

/**
 * The options of variational inference.
 *
 * @param posterior form of q
 * @param gradient estimator of the gradient
 * @param draws S, the number of mixtures drawn from q in a round, at least 2
 * @param learningRate first learning rate of Adam, above 0; in deviations of q
 */
public record InferenceOptions(
        @Setting(
                key = "model.posterior",
                meaning = "variational-inference: covariance of the Gaussian posterior",
                onlyIf = InferenceOptions.ONLY_IF)
        ParameterPosterior.Form posterior,

        @Setting(
                key = "model.gradient",
                meaning = "variational-inference: estimator of the gradient of the bound",
                onlyIf = InferenceOptions.ONLY_IF)
        ElboGradient gradient,

        @Setting(key = "train.draws") int draws,
        @Setting(key = "train.learningRate") double learningRate)
        implements Serializable {
    private static final String ONLY_IF = "model.fit is variational-inference";

    /** Greatest number of parameters of a full covariance: a round costs p³ / 6 operations on the driver. */
    private static final int MAX_FULL = 1000;

    /** The default options. Defaults are defined here only. */
    public static final InferenceOptions DEFAULT =
            new InferenceOptions(ParameterPosterior.Form.MEAN_FIELD, ElboGradient.REPARAMETERIZED, 10, 0.1);

    /** Requires that the parameters of a mixture are not too many for a full covariance. */
    public void requireParameters(StatisticsLayout layout) {
        int parameters = LogJoint.parameters(layout);
        if (posterior == ParameterPosterior.Form.FULL && parameters > MAX_FULL) {
            throw new OptionsException(
                    "model.posterior is full, but the mixture has %d parameters, expected at most %d: use mean-field"
                            .formatted(parameters, MAX_FULL));
        }
    }
}
