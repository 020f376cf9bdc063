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
 *   own:      Σ_y q_y c_y,   c_y = log q_y − log p(y) N(z; m_y, diag s_y²),   q_y = q(y|z)
 *   targets:  Σ_y g_y (c_y − log q_y − weight log q_y)
 *   ∂/∂logit_k = h_k − q_k Σ_y h_y,  h the derivatives by log q
 *   ∂/∂z_j = Σ_y r_y (z_j − m_yj) / s_yj² plus what comes back through the classifier
 * </pre>
 *
 * K is the number of classes, and m_y and s_y², l numbers for each class, are the means and variances of the prior
 * ({@link ComponentDensities}). {@code weight} is the weight of the cross-entropy between g and q(y|z). h_y is the
 * derivative with respect to log q_y; r is q for the own form and g for the targets. All values are in nats.
 *
 * <p>Holds the buffers of one task.
 */
public final class ClassDivergence {
    private final int components;
    private final int latent;
    private final ComponentDensities densities;
    private final int prior;
    private final int priorEnd;
    private final Layer.Worker classifier;
    private final FMatrixRMaj logitGradient;
    private final DMatrixRMaj shares = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj costs = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj slopes = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj joint = new DMatrixRMaj(0, 0);
    private final double[] logarithms;
    private final double[] totals;
    private final double[] divergences;
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
        this.prior = networks.priorOffset();
        this.priorEnd = networks.auxiliaryOffset();
        this.densities = new ComponentDensities(networks.prior(), prior);
        this.classifier = networks.auxiliary().worker(maxCodes, networks.auxiliaryOffset(), products);
        this.logitGradient = new FMatrixRMaj(maxCodes, components);
        this.logarithms = new double[components * maxCodes];
        this.totals = new double[maxCodes];
        this.divergences = new double[maxCodes];
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
        densities.read(parameters);
        densities.compute(codes(), joint);
        Arrays.fill(divergences, 0, n, 0);
        for (int k = 0; k < components; k++) {
            for (int i = 0; i < n; i++) {
                int at = k * n + i;
                logarithms[at] -= totals[i];
                costs.data[at] = logarithms[at] - joint.data[at];
                divergences[i] += shares.data[at] * costs.data[at];
            }
        }
    }

    private ComponentDensities.Codes codes() {
        return new ComponentDensities.Codes(codes.data, 0, null, codes.numRows);
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
     * Propagates derivatives to the codes, the classifier and the prior.
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
        joint.reshape(components, n);
        for (int k = 0; k < components; k++) {
            for (int i = 0; i < n; i++) {
                logitGradient.data[i * components + k] =
                        (float) (byLogarithm.data[k * n + i] - shares.data[k * n + i] * totals[i]);
                joint.data[k * n + i] = -weights[i] * responsibilities.data[k * n + i];
            }
        }
        densities.backward(codes(), joint, codeGradient.data, 0, null);
        FMatrixRMaj back = classifier.backward(parameters, logitGradient, gradient, true);
        for (int at = 0; at < n * latent; at++) {
            codeGradient.data[at] += back.data[at];
        }
    }

    /**
     * Writes the derivatives with respect to the prior's parameters, summed over all calls of {@link #backward} since
     * the last call of this method.
     */
    public void writePrior(float[] gradient) {
        Arrays.fill(gradient, prior, priorEnd, 0f);
        densities.addTo(gradient);
    }
}
