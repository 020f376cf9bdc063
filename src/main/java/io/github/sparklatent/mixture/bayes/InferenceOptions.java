package io.github.sparklatent.mixture.bayes;

import io.github.sparklatent.learn.OptionsException;
import io.github.sparklatent.mixture.em.StatisticsLayout;
import io.github.sparklatent.settings.Names;
import io.github.sparklatent.settings.Setting;
import java.io.Serializable;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

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

    /**
     * The estimators of the gradient of the evidence lower bound. They estimate it in local coordinates of q, the mean
     * μ + L m and the factor L T at m = 0 and T = I, where one unit is one deviation of q:
     *
     * <pre>
     *   ∂/∂m    = Σ_s u_s,      ∂/∂T_ij = Σ_s u_si ε_sj        (∂/∂ log T_ii is the same at T = I)
     *   u_s     = (Lᵀ ∇ log p(X, θ_s) + ε_s) / S               reparameterised
     *   u_s     = (f_s − f̄) ε_s / (S − 1)                      score function
     *   f_s     = log p(X, θ_s) − log q(θ_s)
     * </pre>
     *
     * <p>The reparameterised estimator is that of Kucukelbir et al. 2017 (section 2.5), where ε_s replaces the
     * derivative of the entropy by an unbiased estimate (Roeder et al. 2017, eq. 6): the errors of both terms cancel,
     * so no noise is left if q is the posterior. The score-function estimator is that of Ranganath et al. 2014 (eq. 2);
     * f_s minus the mean of the other draws is S (f_s − f̄) / (S − 1), which is the leave-one-out baseline of Kool et
     * al. 2019 (eq. 8).
     */
    public enum ElboGradient {
        /** Gradients of the log joint density at the draws. */
        REPARAMETERIZED,
        /** Log joint densities at the draws, with a leave-one-out baseline. */
        SCORE_FUNCTION;

        /**
         * Returns the estimate in the order of φ.
         *
         * @param q current q
         * @param noise ε, S × p. Not modified.
         * @param densities f of each draw. Not modified.
         * @param gradients ∇ log p(X, θ_s) of each draw; not used by the score function. Not modified.
         */
        double[] estimate(ParameterPosterior q, DMatrixRMaj noise, double[] densities, double[][] gradients) {
            int p = q.parameters();
            int draws = densities.length;
            double mean = Arrays.stream(densities).sum() / draws;
            double[] sum = new double[q.phi().length];
            for (int s = 0; s < draws; s++) {
                double[] u = this == REPARAMETERIZED ? q.whitened(gradients[s]) : new double[p];
                double scale = this == REPARAMETERIZED ? 1.0 / draws : (densities[s] - mean) / (draws - 1);
                for (int i = 0; i < p; i++) {
                    u[i] = scale * (u[i] + noise.unsafe_get(s, i));
                    sum[i] += u[i];
                    for (int j = q.first(i); j <= i; j++) {
                        sum[q.at(i, j)] += u[i] * noise.unsafe_get(s, j);
                    }
                }
            }
            return sum;
        }

        @Override
        public String toString() {
            return Names.of(this);
        }
    }
}
