package io.github.sparklatent.vae.latent;

import io.github.sparklatent.linalg.DoubleFunctions;
import io.github.sparklatent.linalg.LogSumExp;
import io.github.sparklatent.nn.SoftBound;
import io.github.sparklatent.nn.likelihood.Conditions;
import io.github.sparklatent.vae.model.MixturePrior;
import io.github.sparklatent.vae.model.Networks;
import io.github.sparklatent.vae.model.PriorCovariance;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;

/**
 * Log densities a of codes under the components of a {@link MixturePrior}, log p(z) and the responsibilities of the
 * components, and their gradients. A code is a point, or a distribution N(μ, diag v) over which a is averaged. For code
 * i and component k:
 *
 * <pre>
 *   a_ki = log π_k − ½ Σ_j (log 2π + log s_kj² + ((μ_ij − m_kj)² + v_ij) / s_kj²)
 *        = E[log π_k N(z; m_k, diag s_k²)],   z ~ N(μ_i, diag v_i)
 *   log p(z) = log Σ_k exp(a_k),   p(k|z) = exp(a_k − log p(z)),   ∂log p(z) = Σ_k p(k|z) ∂a_k      (of points)
 * </pre>
 *
 * For a distribution, KL(N(μ, diag v) || p(z|k)) is log π_k − a_k minus the entropy of N(μ, diag v) (Jiang et al. 2017,
 * eq. 12 and appendix A).
 *
 * <p>The weights π_k, means m_k and standard deviations s_k of the K components are parameters of the prior. Log
 * densities are in nats. Holds the buffers of one task.
 */
public final class PriorDensity {
    private static final double LOG_TWO_PI = StrictMath.log(2 * Math.PI);

    private final MixturePrior prior;
    private final int offset;
    private final int latent;
    private final double[] weights;
    private final double[] logWeights;
    private final double[] means;
    private final double[] precisions;
    private final double[] constants;
    private final double[] boundSlopes;
    private final double[] logitSlopes;
    private final double[] meanSlopes;
    private final double[] varianceSlopes;
    private final DMatrixRMaj joint = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj slopes = new DMatrixRMaj(0, 0);
    private final Conditions conditions;
    private float[] inputs = new float[0];

    /** π_k given the conditions of each row, n × K. */
    private double[] givenWeights = new double[0];

    private int rows;

    /** Creates the buffers of one task. */
    public PriorDensity(Networks networks) {
        this.prior = networks.prior();
        this.offset = networks.priorOffset();
        this.latent = prior.latent();
        int k = prior.components();
        this.weights = new double[k];
        this.logWeights = new double[k];
        this.constants = new double[k];
        this.means = new double[k * latent];
        this.precisions = new double[k * latent];
        this.boundSlopes = new double[k * latent];
        this.logitSlopes = new double[k];
        this.meanSlopes = new double[k * latent];
        this.varianceSlopes = new double[k * latent];
        this.conditions = networks.likelihood().conditions();
    }

    /**
     * A batch of codes, n × l.
     *
     * @param means array that holds μ, row after row, from the index {@code from} on. Not modified.
     * @param from index of the first number of μ in {@code means} and of v in {@code variances}
     * @param variances array that holds v; null if codes are points. Not modified.
     * @param rows n, the number of codes
     */
    public record Codes(float[] means, int from, float[] variances, int rows) {
        /** Returns points. {@code codes}: n × l. Kept, not modified. */
        public static Codes points(FMatrixRMaj codes) {
            return new Codes(codes.data, 0, null, codes.numRows);
        }
    }

    /** Reads the prior's parameters for the next calls. {@code parameters}: all parameters. */
    public void read(float[] parameters) {
        System.arraycopy(prior.logWeights(parameters, offset), 0, logWeights, 0, logWeights.length);
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
     * @param a K × n on return
     */
    public void compute(Codes codes, DMatrixRMaj a) {
        int n = codes.rows();
        a.reshape(prior.components(), n);
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
                a.data[k * n + i] = constants[k] - 0.5 * sum;
            }
        }
    }

    /**
     * Propagates the derivatives of a loss with respect to a back to the codes and to the prior's parameters. The
     * derivatives with respect to the codes are added to the given arrays. The derivatives with respect to the prior's
     * parameters are summed in this object, until {@link #addTo} is called.
     *
     * @param codes the codes for which a was computed
     * @param byDensity derivatives with respect to a, K × n. Not modified.
     * @param codeGradient derivatives with respect to μ, n × l, row after row from the index {@code to} on; added to
     * @param to index of the first number in {@code codeGradient} and {@code varianceGradient}
     * @param varianceGradient derivatives with respect to v, in the layout of {@code codeGradient}; added to. Null if
     *     codes are points
     */
    public void backward(Codes codes, DMatrixRMaj byDensity, float[] codeGradient, int to, float[] varianceGradient) {
        int n = codes.rows();
        for (int k = 0; k < prior.components(); k++) {
            for (int i = 0; i < n; i++) {
                double slope = byDensity.data[k * n + i];
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
    public void addTo(float[] gradient) {
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

    /**
     * Writes log p(z_r) at {@code at} + r.
     *
     * @param parameters parameters of all networks. Not modified.
     * @param codes m × l. Not modified.
     * @param of n × d, rows with the conditions of the codes; code r is of row r mod n. Not modified.
     */
    public void logDensity(float[] parameters, FMatrixRMaj codes, FMatrixRMaj of, double[] density, int at) {
        read(parameters);
        compute(Codes.points(codes), joint);
        if (!conditions.isEmpty()) {
            condition(parameters, of);
        }
        double[] sums = new double[codes.numRows];
        LogSumExp.normalizeColumns(joint, sums);
        System.arraycopy(sums, 0, density, at, sums.length);
    }

    /** Replaces log π_k by its value given the conditions of each code. */
    private void condition(float[] parameters, FMatrixRMaj of) {
        int k = prior.components();
        rows = of.numRows;
        if (givenWeights.length < rows * k) {
            inputs = new float[rows * conditions.inputs()];
            givenWeights = new double[rows * k];
        }
        for (int i = 0; i < rows; i++) {
            int from = i * conditions.inputs();
            conditions.read(of, i, inputs, from);
            System.arraycopy(prior.logWeights(parameters, offset, inputs, from), 0, givenWeights, i * k, k);
        }
        int m = joint.numCols;
        for (int place = 0; place < k * m; place++) {
            joint.data[place] += givenWeights[place % m % rows * k + place / m] - logWeights[place / m];
        }
        DoubleFunctions.exp(givenWeights, 0, givenWeights, 0, rows * k);
    }

    /** Corrects the gradient of the logits, which is that of c = 0 so far, and adds that of W. */
    private void addConditions(float[] gradient) {
        int k = prior.components();
        int m = slopes.numCols;
        for (int code = 0; code < m; code++) {
            double total = 0;
            for (int at = code; at < k * m; at += m) {
                total += slopes.data[at];
            }
            int row = code % rows;
            for (int component = 0; component < k; component++) {
                double weight = givenWeights[row * k + component];
                int logit = offset + prior.logits() + component;
                gradient[logit] += (float) ((StrictMath.exp(logWeights[component]) - weight) * total);
                double slope = slopes.data[component * m + code] - weight * total;
                for (int j = 0; j < conditions.inputs(); j++) {
                    int at = offset + prior.conditionWeights() + j * k + component;
                    gradient[at] += (float) (slope * inputs[row * conditions.inputs() + j]);
                }
            }
        }
    }

    /** Returns p(k|z_r) of the codes whose density was computed last, K × m; a buffer. */
    public DMatrixRMaj responsibilities() {
        return joint;
    }

    /** Sets the prior's part of a gradient to 0. */
    public void clear(float[] gradient) {
        Arrays.fill(gradient, offset, offset + prior.length(), 0f);
    }

    /**
     * Adds the derivatives of Σ_r scale_r log p(z_r), of the codes whose density was computed last.
     *
     * @param codes m × l. Not modified.
     * @param scale factor of each code, from an index on. Not modified.
     * @param codeGradient m × l. Added to.
     * @param gradient derivatives with respect to all parameters. The method adds to the prior's part.
     */
    public void addGradient(FMatrixRMaj codes, double[] scale, int at, FMatrixRMaj codeGradient, float[] gradient) {
        int m = codes.numRows;
        slopes.reshape(prior.components(), m);
        for (int place = 0; place < prior.components() * m; place++) {
            slopes.data[place] = scale[at + place % m] * joint.data[place];
        }
        backward(Codes.points(codes), slopes, codeGradient.data, 0, null);
        addTo(gradient);
        if (!conditions.isEmpty()) {
            addConditions(gradient);
        }
    }
}
