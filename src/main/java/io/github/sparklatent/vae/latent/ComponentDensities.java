package io.github.sparklatent.vae.latent;

import io.github.sparklatent.linalg.DoubleFunctions;
import io.github.sparklatent.nn.SoftBound;
import io.github.sparklatent.vae.model.MixturePrior;
import io.github.sparklatent.vae.model.PriorCovariance;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * Log densities a of codes under the components of a {@link MixturePrior}, and their gradient. A code is a point, or a
 * distribution N(μ, diag v) over which the log density is averaged. For code i and component k:
 *
 * <pre>
 *   a_ki = log π_k − ½ Σ_j (log 2π + log s_kj² + ((μ_ij − m_kj)² + v_ij) / s_kj²)
 *        = E[log π_k N(z; m_k, diag s_k²)],   z ~ N(μ_i, diag v_i)
 * </pre>
 *
 * For a point, log p(z) is the log-sum-exp of the a_k, and p(k|z) is their softmax. For a distribution, KL(N(μ, diag v)
 * || p(z|k)) is log π_k − a_k minus the entropy of N(μ, diag v) (Jiang et al. 2017, eq. 12 and appendix A).
 *
 * <p>The weights π_k, means m_k and standard deviations s_k of the K components are parameters of the prior. Log
 * densities are in nats. Holds the buffers of one task.
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
    private final double[] boundSlopes;
    private final double[] logitSlopes;
    private final double[] meanSlopes;
    private final double[] varianceSlopes;

    /**
     * Creates the buffers of one task.
     *
     * @param offset index of the prior's first parameter in the vector of all parameters
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
        this.boundSlopes = new double[k * latent];
        this.logitSlopes = new double[k];
        this.meanSlopes = new double[k * latent];
        this.varianceSlopes = new double[k * latent];
    }

    /**
     * A batch of codes, n × l.
     *
     * @param means array that holds μ, row after row, from the index {@code from} on. Not modified.
     * @param from index of the first number of μ in {@code means} and of v in {@code variances}
     * @param variances array that holds v; null if codes are points. Not modified.
     * @param rows n, the number of codes
     */
    record Codes(float[] means, int from, float[] variances, int rows) {}

    /** Reads the prior's parameters for the next calls. {@code parameters}: all parameters. */
    void read(float[] parameters) {
        double[] logWeights = prior.logWeights(parameters, offset);
        System.arraycopy(logWeights, 0, constants, 0, constants.length);
        DoubleFunctions.exp(logWeights, 0, weights, 0, weights.length);
        for (int at = 0; at < means.length; at++) {
            double logVariance = prior.logVariance(parameters, offset, at / latent, at % latent);
            boundSlopes[at] = SoftBound.LOG_VARIANCE.derivative(logVariance);
            means[at] = parameters[offset + prior.means() + at];
            precisions[at] = -logVariance;
            constants[at / latent] -= 0.5 * (LOG_TWO_PI + logVariance);
        }
        DoubleFunctions.exp(precisions, 0, precisions, 0, precisions.length);
    }

    /**
     * Computes the log densities a of a batch of codes.
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
     * Propagates the derivatives of a loss with respect to a back to the codes and to the prior's parameters. The
     * derivatives with respect to the codes are added to the given arrays. The derivatives with respect to the prior's
     * parameters are summed in this object, until {@link #addTo} is called.
     *
     * @param codes the codes for which a was computed
     * @param slopes derivatives with respect to a, K × n. Not modified.
     * @param codeGradient derivatives with respect to μ, n × l, row after row from the index {@code to} on; added to
     * @param to index of the first number in {@code codeGradient} and {@code varianceGradient}
     * @param varianceGradient derivatives with respect to v, in the layout of {@code codeGradient}; added to. Null if
     *     codes are points
     */
    void backward(Codes codes, DMatrixRMaj slopes, float[] codeGradient, int to, float[] varianceGradient) {
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
     * Adds the summed derivatives to a gradient, and sets the sums to 0. The weights π are the softmax of logits; the
     * derivative with respect to logit k is Σ_i slope_ki − π_k Σ_ci slope_ci, where c runs over all components.
     *
     * @param gradient derivatives with respect to all parameters. The method adds to the prior's part.
     */
    void addTo(float[] gradient) {
        double total = Arrays.stream(logitSlopes).sum();
        for (int k = 0; k < prior.means(); k++) { // equal weights have no logits
            gradient[offset + prior.logits() + k] += (float) (logitSlopes[k] - weights[k] * total);
        }
        for (int at = 0; at < means.length; at++) {
            gradient[offset + prior.means() + at] += (float) meanSlopes[at];
            if (prior.covariance() != PriorCovariance.IDENTITY) {
                int variance = prior.logVariance(at / latent, at % latent);
                gradient[offset + variance] += (float) (varianceSlopes[at] * boundSlopes[at]);
            }
        }
        Arrays.fill(logitSlopes, 0);
        Arrays.fill(meanSlopes, 0);
        Arrays.fill(varianceSlopes, 0);
    }
}
