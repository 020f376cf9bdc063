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
 *   Σ_y q(y|z) (log q(y|z) − log p(y) − log N(z; m_y, I)),   p(y) = 1 / K
 *   ∂/∂logit_k = q_k (c_k − Σ_y q_y c_y),  c_k = log q_k − log p(k) − log N(z; m_k, I)
 *   ∂/∂z = Σ_y q_y (z − m_y) and what the classifier sends back
 * </pre>
 *
 * The buffers of one task.
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
                costs.data[k * n + i] = shares.data[k * n + i];
            }
        }
        LogSumExp.normalizeColumns(shares, totals);
        Arrays.fill(divergences, 0, n, 0);
        for (int k = 0; k < components; k++) {
            for (int i = 0; i < n; i++) {
                int at = k * n + i;
                costs.data[at] += constant - totals[i] + 0.5 * squaredDistance(parameters, i, k);
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

    /** What the classes of a code cost, in nats. */
    double divergence(int code) {
        return divergences[code];
    }

    /**
     * Goes back from Σ_i weight_i divergence_i.
     *
     * @param gradient of all parameters; the classifier's part is written or added to as it says
     * @param codeGradient n × l, added to
     */
    void backward(
            float[] parameters, float[] weights, Gradient gradient, FMatrixRMaj codeGradient) {
        int n = codes.numRows;
        logitGradient.reshape(n, components);
        for (int k = 0; k < components; k++) {
            for (int i = 0; i < n; i++) {
                double share = weights[i] * shares.data[k * n + i];
                logitGradient.data[i * components + k] =
                        (float) (share * (costs.data[k * n + i] - divergences[i]));
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
