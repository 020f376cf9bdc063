package io.github.sparklatent.vae;

import io.github.sparklatent.linalg.LogSumExp;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;

/**
 * log p(z) under a {@link MixturePrior} and what each component has of it; the buffers of one task.
 *
 * <pre>
 *   log p(z) = log Σ_k exp(a_k),   a_k = log π_k + log N(z; m_k, diag s_k²)
 *   p(k|z) = exp(a_k − log p(z))
 *   ∂log p(z) = Σ_k p(k|z) ∂a_k,   ∂log π_k/∂logit_c = [k = c] − π_c
 * </pre>
 */
final class MixtureDensity {
    private final MixturePrior prior;
    private final int offset;
    private final DiagonalNormals normals;
    private final DMatrixRMaj joint = new DMatrixRMaj(0, 0);
    private final double[] logitGradient;
    private double[] logWeights;
    private double[] weights;

    /**
     * @param offset of the prior's parameters
     */
    MixtureDensity(MixturePrior prior, int offset) {
        this.prior = prior;
        this.offset = offset;
        this.normals = new DiagonalNormals(prior.components(), prior.components(), prior.latent());
        this.logitGradient = new double[prior.components()];
    }

    /** Of a network that has such a prior. */
    static MixtureDensity of(Networks networks) {
        return new MixtureDensity((MixturePrior) networks.prior(), networks.priorOffset());
    }

    /** K. */
    int components() {
        return prior.components();
    }

    /**
     * density[at + r] ← log p(z_r).
     *
     * @param parameters of the networks. Not modified.
     * @param codes m × l. Not modified.
     */
    void logDensity(float[] parameters, FMatrixRMaj codes, double[] density, int at) {
        read(parameters);
        int m = codes.numRows;
        joint.reshape(prior.components(), m);
        for (int k = 0; k < prior.components(); k++) {
            for (int r = 0; r < m; r++) {
                joint.data[k * m + r] = logWeights[k] + normals.logDensity(k, k, codes.data, r);
            }
        }
        double[] sums = new double[m];
        LogSumExp.normalizeColumns(joint, sums);
        System.arraycopy(sums, 0, density, at, m);
    }

    private void read(float[] parameters) {
        int length = prior.components() * prior.latent();
        int means = offset + prior.means();
        int logVariances = offset + prior.logVariances();
        System.arraycopy(parameters, means, normals.means(), 0, length);
        System.arraycopy(parameters, logVariances, normals.logVariances(), 0, length);
        normals.begin(prior.components());
        logWeights = prior.logWeights(parameters, offset);
        weights = prior.weights(parameters, offset);
    }

    /** p(k|z_r) of the codes whose density was asked for last, K × m; a buffer. */
    DMatrixRMaj responsibilities() {
        return joint;
    }

    /** Before the first of a batch: sets the prior's part of a gradient to 0. */
    void clear(float[] gradient) {
        int length = prior.logVariances() + prior.components() * prior.latent();
        Arrays.fill(gradient, offset, offset + length, 0f);
    }

    /**
     * Adds the derivatives of Σ_r scale_r log p(z_r), of the codes whose density was asked for
     * last.
     *
     * @param codes m × l. Not modified.
     * @param scale from an offset on. Not modified.
     * @param codeGradient m × l, added to
     * @param gradient of all parameters; the prior's part is added to
     */
    void addGradient(
            FMatrixRMaj codes, double[] scale, int at, FMatrixRMaj codeGradient, float[] gradient) {
        normals.clearGradient();
        int m = codes.numRows;
        for (int k = 0; k < prior.components(); k++) {
            double slope = 0;
            for (int r = 0; r < m; r++) {
                double share = joint.data[k * m + r];
                double weight = scale[at + r] * share;
                slope += scale[at + r] * (share - weights[k]);
                normals.addGradient(weight, k, k, codes.data, codeGradient.data, r);
            }
            logitGradient[k] = slope;
        }
        addTo(gradient, offset + prior.logits(), logitGradient);
        addTo(gradient, offset + prior.means(), normals.meanGradient());
        addTo(gradient, offset + prior.logVariances(), normals.logVarianceGradient());
    }

    private static void addTo(float[] gradient, int from, double[] sums) {
        for (int i = 0; i < sums.length; i++) {
            gradient[from + i] += (float) sums[i];
        }
    }
}
