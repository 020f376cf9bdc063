package io.github.sparklatent.vae.latent;

import io.github.sparklatent.linalg.DoubleFunctions;
import io.github.sparklatent.vae.model.MixturePrior;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * Log densities of codes under the components of a {@link MixturePrior}, and their gradient. The
 * buffers of one task. A code is a point, or a distribution N(μ, diag v) over which the log density
 * is averaged:
 *
 * <pre>
 *   a_ki = log π_k − ½ Σ_j (log 2π + log s_kj² + ((μ_ij − m_kj)² + v_ij) / s_kj²)
 *        = E[log π_k N(z; m_k, diag s_k²)],   z ~ N(μ_i, diag v_i)
 * </pre>
 *
 * For a point, log p(z) is the log-sum-exp of the a_k, and p(k|z) is their softmax. For a
 * distribution, KL(N(μ, diag v) || p(z|k)) is log π_k − a_k less the entropy of N(μ, diag v) (Jiang
 * et al. 2017, eq. 12 and appendix A).
 */
final class ComponentDensities {
    private static final double LOG_TWO_PI = StrictMath.log(2 * Math.PI);

    private final MixturePrior prior;
    private final int offset;
    private final int latent;
    private final double[] weights;
    private final double[] means;
    private final double[] precisions;
    private final double[] constants;
    private final double[] logitSlopes;
    private final double[] meanSlopes;
    private final double[] varianceSlopes;

    /**
     * Creates the buffers of one task.
     *
     * @param offset of the prior's parameters
     */
    ComponentDensities(MixturePrior prior, int offset) {
        this.prior = prior;
        this.offset = offset;
        this.latent = prior.latent();
        int k = prior.components();
        this.weights = new double[k];
        this.constants = new double[k];
        this.means = new double[k * latent];
        this.precisions = new double[k * latent];
        this.logitSlopes = new double[k];
        this.meanSlopes = new double[k * latent];
        this.varianceSlopes = new double[k * latent];
    }

    /**
     * A batch of codes, n × l.
     *
     * @param means μ, in row order from an offset on. Not modified.
     * @param from the offset, in numbers
     * @param variances v, from the same offset on; null if codes are points. Not modified.
     * @param rows n
     */
    record Codes(float[] means, int from, float[] variances, int rows) {}

    /** Reads the parameters for the next calls and clears the sums of derivatives. */
    void read(float[] parameters) {
        double[] logWeights = prior.logWeights(parameters, offset);
        System.arraycopy(logWeights, 0, constants, 0, constants.length);
        DoubleFunctions.exp(logWeights, 0, weights, 0, weights.length);
        for (int at = 0; at < means.length; at++) {
            double logVariance = parameters[offset + prior.logVariances() + at];
            means[at] = parameters[offset + prior.means() + at];
            precisions[at] = -logVariance;
            constants[at / latent] -= 0.5 * (LOG_TWO_PI + logVariance);
        }
        DoubleFunctions.exp(precisions, 0, precisions, 0, precisions.length);
        Arrays.fill(logitSlopes, 0);
        Arrays.fill(meanSlopes, 0);
        Arrays.fill(varianceSlopes, 0);
    }

    /**
     * Computes a.
     *
     * @param joint a, K × n on return
     */
    void compute(Codes codes, DMatrixRMaj joint) {
        int n = codes.rows();
        joint.reshape(prior.components(), n);
        for (int k = 0; k < prior.components(); k++) {
            for (int i = 0; i < n; i++) {
                double sum = 0;
                for (int j = 0; j < latent; j++) {
                    int at = k * latent + j;
                    int code = codes.from() + i * latent + j;
                    double difference = codes.means()[code] - means[at];
                    double variance = codes.variances() == null ? 0 : codes.variances()[code];
                    sum += (difference * difference + variance) * precisions[at];
                }
                joint.data[k * n + i] = constants[k] - 0.5 * sum;
            }
        }
    }

    /**
     * Propagates the derivatives of a loss with respect to a. Those of the prior's own parameters
     * are summed until {@link #addTo}.
     *
     * @param slopes derivatives by a, K × n. Not modified.
     * @param codeGradient with respect to μ, n × l from an offset on; added to
     * @param to the offset
     * @param varianceGradient with respect to v, laid out as codeGradient; null if codes are points
     */
    void backward(
            Codes codes,
            DMatrixRMaj slopes,
            float[] codeGradient,
            int to,
            float[] varianceGradient) {
        int n = codes.rows();
        for (int k = 0; k < prior.components(); k++) {
            for (int i = 0; i < n; i++) {
                double slope = slopes.data[k * n + i];
                logitSlopes[k] += slope;
                for (int j = 0; j < latent; j++) {
                    int at = k * latent + j;
                    int code = i * latent + j;
                    double difference = codes.means()[codes.from() + code] - means[at];
                    double scaled = difference * precisions[at];
                    double square = difference * scaled;
                    codeGradient[to + code] -= (float) (slope * scaled);
                    meanSlopes[at] += slope * scaled;
                    if (varianceGradient != null) {
                        varianceGradient[to + code] -= (float) (0.5 * slope * precisions[at]);
                        square += codes.variances()[codes.from() + code] * precisions[at];
                    }
                    varianceSlopes[at] += 0.5 * slope * (square - 1);
                }
            }
        }
    }

    /**
     * Adds the summed derivatives to a gradient. That of a logit is Σ_i slope_ki − π_k Σ_ci
     * slope_ci.
     *
     * @param gradient of all parameters; the prior's part is added to
     */
    void addTo(float[] gradient) {
        double total = Arrays.stream(logitSlopes).sum();
        for (int k = 0; k < weights.length; k++) {
            gradient[offset + prior.logits() + k] += (float) (logitSlopes[k] - weights[k] * total);
        }
        for (int at = 0; at < means.length; at++) {
            gradient[offset + prior.means() + at] += (float) meanSlopes[at];
            gradient[offset + prior.logVariances() + at] += (float) varianceSlopes[at];
        }
    }
}
