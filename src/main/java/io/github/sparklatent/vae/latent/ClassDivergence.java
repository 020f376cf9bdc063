package io.github.sparklatent.vae.latent;

import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.linalg.LogSumExp;
import io.github.sparklatent.nn.Gradient;
import io.github.sparklatent.nn.Layer;
import io.github.sparklatent.vae.model.Networks;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;

/**
 * The part of the divergence that depends on the class y, for codes z, and its gradient. A classifier computes q(y|z)
 * of a code. In the loss, the classes follow either the classifier's own q(y|z) or given targets g_y:
 *
 * <pre>
 *   own:      Σ_y q_y c_y,   c_y = log q_y − log p(y) N(z; m_y, I),   q_y = q(y|z)
 *   targets:  Σ_y g_y (c_y − log q_y − weight log q_y)
 *   ∂/∂logit_k = h_k − q_k Σ_y h_y,  h the derivatives by log q
 *   ∂/∂z = Σ_y r_y (z − m_y) plus what comes back through the classifier
 * </pre>
 *
 * K is the number of classes, and m_y, one vector of l numbers for each class, are the means of the prior.
 * {@code weight} is the weight of the cross-entropy between g and q(y|z). h_y is the derivative with respect to log
 * q_y; r is q for the own form and g for the targets. All values are in nats.
 *
 * <p>Holds the buffers of one task.
 */
public final class ClassDivergence {
    private static final double LOG_TWO_PI = StrictMath.log(2 * Math.PI);

    private final int components;
    private final int latent;
    private final int means;

    /** The constant −log p(y) N(m_y; m_y, I), which is the same for all y. */
    private final double constant;

    private final Layer.Worker classifier;
    private final FMatrixRMaj logitGradient;
    private final DMatrixRMaj shares = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj costs = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj slopes = new DMatrixRMaj(0, 0);
    private final double[] logarithms;
    private final double[] totals;
    private final double[] divergences;
    private final double[] meanGradient;
    private FMatrixRMaj codes;

    /**
     * Creates the buffers of one task.
     *
     * @param maxCodes largest number of codes of a batch
     * @param products matrix products, shared by the networks of the task
     */
    public ClassDivergence(Networks networks, int maxCodes, FloatProducts products) {
        this.components = networks.prior().components();
        this.latent = networks.latent();
        this.constant = StrictMath.log(components) + 0.5 * latent * LOG_TWO_PI;
        this.means = networks.priorOffset();
        this.classifier = networks.auxiliary().worker(maxCodes, networks.auxiliaryOffset(), products);
        this.logitGradient = new FMatrixRMaj(maxCodes, components);
        this.logarithms = new double[components * maxCodes];
        this.totals = new double[maxCodes];
        this.divergences = new double[maxCodes];
        this.meanGradient = new double[components * latent];
    }

    /**
     * Classifies codes: computes q(y|z) and c_y of each code. The methods below use these values, until the next call.
     *
     * @param z n × l. Kept until the next call, not modified.
     */
    public void classify(float[] parameters, FMatrixRMaj z) {
        codes = z;
        FMatrixRMaj logits = classifier.forward(parameters, z);
        int n = z.numRows;
        shares.reshape(components, n);
        costs.reshape(components, n);
        for (int k = 0; k < components; k++) {
            for (int i = 0; i < n; i++) {
                shares.data[k * n + i] = logits.data[i * components + k];
                logarithms[k * n + i] = shares.data[k * n + i];
            }
        }
        LogSumExp.normalizeColumns(shares, totals);
        Arrays.fill(divergences, 0, n, 0);
        for (int k = 0; k < components; k++) {
            for (int i = 0; i < n; i++) {
                int at = k * n + i;
                logarithms[at] -= totals[i];
                costs.data[at] = logarithms[at] + constant + 0.5 * squaredDistance(parameters, i, k);
                divergences[i] += shares.data[at] * costs.data[at];
            }
        }
    }

    /**
     * Computes log p(y) N(z; m_y, I) of codes. This needs no classifier.
     *
     * @param z n × l. Kept until the next call, not modified.
     * @param joint log p(y) N(z; m_y, I), K × n on return
     */
    public void logJoint(float[] parameters, FMatrixRMaj z, DMatrixRMaj joint) {
        codes = z;
        joint.reshape(components, z.numRows);
        for (int k = 0; k < components; k++) {
            for (int i = 0; i < z.numRows; i++) {
                joint.data[k * z.numRows + i] = -constant - 0.5 * squaredDistance(parameters, i, k);
            }
        }
    }

    private double squaredDistance(float[] parameters, int code, int component) {
        double sum = 0;
        for (int j = 0; j < latent; j++) {
            double difference = codes.data[code * latent + j] - parameters[means + component * latent + j];
            sum += difference * difference;
        }
        return sum;
    }

    /** Returns q(y|z), K × n, in a buffer. Not to be modified. */
    public DMatrixRMaj shares() {
        return shares;
    }

    /** Returns log q(y|z), in the layout of {@link #shares}. The array may be longer. */
    public double[] logarithms() {
        return logarithms;
    }

    /** Returns c_y, K × n, in a buffer. Not to be modified. */
    public DMatrixRMaj costs() {
        return costs;
    }

    /** Returns Σ_y q_y c_y of a code (the own form), in nats. */
    public double divergence(int code) {
        return divergences[code];
    }

    /**
     * Returns weight_i q_y c_y: the derivatives of Σ_i weight_i divergence_i with respect to log q(y|z_i). Terms that
     * are equal for all y of a code are left out, because they cancel.
     *
     * @param weights weight of each code, n numbers
     * @return K × n, in a buffer. The caller may add to it.
     */
    public DMatrixRMaj slopes(float[] weights) {
        int n = codes.numRows;
        slopes.reshape(components, n);
        for (int at = 0; at < components * n; at++) {
            slopes.data[at] = weights[at % n] * shares.data[at] * costs.data[at];
        }
        return slopes;
    }

    /**
     * Propagates derivatives to the codes, the classifier and the means m_y.
     *
     * @param weights weight of each code, n numbers
     * @param responsibilities r, K × n; each column has the sum 1. Not modified.
     * @param byLogarithm h, the derivatives with respect to log q(y|z), already multiplied by the weights of the codes,
     *     K × n. Not modified.
     * @param gradient derivatives with respect to all parameters; the classifier's part is changed
     * @param codeGradient derivatives with respect to the codes, n × l. Added to.
     */
    public void backward(
            float[] parameters,
            float[] weights,
            DMatrixRMaj responsibilities,
            DMatrixRMaj byLogarithm,
            Gradient gradient,
            FMatrixRMaj codeGradient) {
        int n = codes.numRows;
        Arrays.fill(totals, 0, n, 0);
        for (int at = 0; at < components * n; at++) {
            totals[at % n] += byLogarithm.data[at];
        }
        logitGradient.reshape(n, components);
        for (int k = 0; k < components; k++) {
            for (int i = 0; i < n; i++) {
                logitGradient.data[i * components + k] =
                        (float) (byLogarithm.data[k * n + i] - shares.data[k * n + i] * totals[i]);
                double share = weights[i] * responsibilities.data[k * n + i];
                for (int j = 0; j < latent; j++) {
                    int at = i * latent + j;
                    int mean = k * latent + j;
                    double pull = share * (codes.data[at] - parameters[means + mean]);
                    codeGradient.data[at] += (float) pull;
                    meanGradient[mean] -= pull;
                }
            }
        }
        FMatrixRMaj back = classifier.backward(parameters, logitGradient, gradient, true);
        for (int at = 0; at < n * latent; at++) {
            codeGradient.data[at] += back.data[at];
        }
    }

    /**
     * Writes the derivatives with respect to the means m_y, summed over all calls of {@link #backward} since the last
     * call of this method.
     */
    public void writeMeans(float[] gradient) {
        for (int at = 0; at < meanGradient.length; at++) {
            gradient[means + at] = (float) meanGradient[at];
        }
        Arrays.fill(meanGradient, 0);
    }
}
