package io.github.sparklatent.inference;

import io.github.sparklatent.settings.Names;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * The estimators of the gradient of the ELBO. They estimate it in local coordinates of q, the mean μ + L m and the
 * factor L T at m = 0 and T = I, where one unit is one deviation of q:
 *
 * <pre>
 *   ∂/∂m    = Σ_s u_s,      ∂/∂T_ij = Σ_s u_si ε_sj        (∂/∂ log T_ii is the same at T = I)
 *   u_s     = (Lᵀ ∇ log p(X, θ_s) + ε_s) / S               reparameterised
 *   u_s     = (f_s − f̄) ε_s / (S − 1)                      score function
 *   f_s     = log p(X, θ_s) − log q(θ_s)
 * </pre>
 *
 * <p>The reparameterised estimator is that of Kucukelbir et al. 2017 (section 2.5), where ε_s replaces the derivative
 * of the entropy by an unbiased estimate (Roeder et al. 2017, eq. 6): the errors of both terms cancel, so no noise is
 * left if q is the posterior. The score-function estimator is that of Ranganath et al. 2014 (eq. 2); f_s minus the mean
 * of the other draws is S (f_s − f̄) / (S − 1), which is the leave-one-out baseline of Kool et al. 2019 (eq. 8). It
 * needs no gradients of the model.
 */
public enum GradientEstimator {
    /** Gradients of the log joint density at the draws. */
    REPARAMETERIZED,
    /** Log joint densities at the draws, with a leave-one-out baseline. */
    SCORE_FUNCTION;

    /**
     * Returns the estimate in the order of φ.
     *
     * @param q current q
     * @param noise ε, S × p. Not modified.
     * @param densities f of each draw; NaN: the draw is left out. Not modified.
     * @param gradients ∇ log p(X, θ_s) from index {@code from} on, S × p; not used by the score function. Not modified.
     */
    double[] gradient(GaussianPosterior q, DMatrixRMaj noise, double[] densities, double[] gradients, int from) {
        int p = q.parameters();
        LogJointDensities f = new LogJointDensities(densities);
        double[] sum = new double[p + q.factor().length];
        double[] u = new double[p];
        for (int s = 0; s < densities.length; s++) {
            if (Double.isNaN(densities[s])) {
                continue;
            }
            double scale = 1.0 / f.count();
            if (this == REPARAMETERIZED) {
                q.whiten(gradients, from + s * p, u);
            } else {
                Arrays.fill(u, 0);
                scale = (densities[s] - f.mean()) / (f.count() - 1);
            }
            for (int i = 0; i < p; i++) {
                u[i] = scale * (u[i] + noise.data[s * p + i]);
                sum[i] += u[i];
                int row = p + q.form().row(i);
                for (int j = q.form().first(i); j <= i; j++) {
                    sum[row + j - q.form().first(i)] += u[i] * noise.data[s * p + j];
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
