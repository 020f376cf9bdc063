package io.github.sparklatent.vae;

import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.linalg.LogSumExp;
import io.github.sparklatent.nn.Gradient;
import io.github.sparklatent.nn.Layer;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;

/**
 * The classes of codes and back: q(y|z) by the classifier, and what the classes cost,
 *
 * <pre>
 *   their own:  Σ_y q_y c_y,   c_y = log q_y − log p(y) N(z; m_y, I),   q_y = q(y|z)
 *   taught:     Σ_y a_y (c_y − log q_y − lesson log q_y)
 *   ∂/∂logit_k = h_k − q_k Σ_y h_y,  h the derivatives by log q
 *   ∂/∂z = Σ_y a_y (z − m_y) and what the classifier sends back
 * </pre>
 *
 * with p(y) = 1 / K and the assignments a, a teacher's or q(y|z) itself. The buffers of one task.
 */
final class ClassPass {
    private static final double LOG_TWO_PI = StrictMath.log(2 * Math.PI);

    private final int components;
    private final int latent;
    private final int means;

    /** −log p(y) N(m_y; m_y, I). */
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
     * @param maxCodes codes together at most
     * @param products that the networks of a task share
     */
    ClassPass(Networks networks, int maxCodes, FloatProducts products) {
        ClassMeans prior = (ClassMeans) networks.prior();
        this.components = prior.components();
        this.latent = prior.latent();
        this.constant = StrictMath.log(components) + 0.5 * latent * LOG_TWO_PI;
        this.means = networks.priorOffset();
        this.classifier =
                networks.auxiliary().worker(maxCodes, networks.auxiliaryOffset(), products);
        this.logitGradient = new FMatrixRMaj(maxCodes, components);
        this.logarithms = new double[components * maxCodes];
        this.totals = new double[maxCodes];
        this.divergences = new double[maxCodes];
        this.meanGradient = new double[components * latent];
    }

    /**
     * Classifies codes; the other methods go on from here.
     *
     * @param z n × l. Kept until the next call, not modified.
     */
    void classify(float[] parameters, FMatrixRMaj z) {
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
                costs.data[at] =
                        logarithms[at] + constant + 0.5 * squaredDistance(parameters, i, k);
                divergences[i] += shares.data[at] * costs.data[at];
            }
        }
    }

    /**
     * log p(y) N(z; m_y, I) of codes.
     *
     * @param z n × l. Kept until the next call, not modified.
     * @param joint K × n on return
     */
    void logJoint(float[] parameters, FMatrixRMaj z, DMatrixRMaj joint) {
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
            double difference =
                    codes.data[code * latent + j] - parameters[means + component * latent + j];
            sum += difference * difference;
        }
        return sum;
    }

    /** q(y|z), K × n, a buffer. Not to be modified. */
    DMatrixRMaj shares() {
        return shares;
    }

    /** log q(y|z), as {@link #shares}; the array may be longer. */
    double[] logarithms() {
        return logarithms;
    }

    /** c, K × n, a buffer. Not to be modified. */
    DMatrixRMaj costs() {
        return costs;
    }

    /** What the classes of a code cost by q(y|z) itself, in nats. */
    double divergence(int code) {
        return divergences[code];
    }

    /**
     * Derivatives of Σ_i weight_i divergence_i by log q(y|z): weight_i q_y c_y; what is the same
     * for all y of a code makes no difference.
     *
     * @return K × n, a buffer, to be added to and handed back
     */
    DMatrixRMaj slopes(float[] weights) {
        int n = codes.numRows;
        slopes.reshape(components, n);
        for (int at = 0; at < components * n; at++) {
            slopes.data[at] = weights[at % n] * shares.data[at] * costs.data[at];
        }
        return slopes;
    }

    /**
     * Derivatives of −lesson Σ_i weight_i Σ_y a_iy log q(y|z_i), the cross-entropy, as {@link
     * #slopes(float[])}.
     *
     * @param assignments a, K × n. Not modified.
     */
    DMatrixRMaj slopes(float[] weights, DMatrixRMaj assignments, double lesson) {
        slopes.reshape(components, codes.numRows);
        Teacher.slopes(lesson, weights, assignments, slopes);
        return slopes;
    }

    /**
     * Goes back.
     *
     * @param assignments a, K × n, columns of sum 1. Not modified.
     * @param byLogarithm derivatives by log q(y|z), the codes' weights in them, K × n. Not
     *     modified.
     * @param gradient of all parameters; the classifier's part is written or added to as it says
     * @param codeGradient n × l, added to
     */
    void backward(
            float[] parameters,
            float[] weights,
            DMatrixRMaj assignments,
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
                double share = weights[i] * assignments.data[k * n + i];
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

    /** Writes the derivatives by the means, of all {@link #backward} since the last time. */
    void writeMeans(float[] gradient) {
        for (int at = 0; at < meanGradient.length; at++) {
            gradient[means + at] = (float) meanGradient[at];
        }
        Arrays.fill(meanGradient, 0);
    }
}
