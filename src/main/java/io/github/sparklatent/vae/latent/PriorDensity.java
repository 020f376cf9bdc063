package io.github.sparklatent.vae.latent;

import io.github.sparklatent.linalg.LogSumExp;
import io.github.sparklatent.vae.model.MixturePrior;
import io.github.sparklatent.vae.model.Networks;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;

/**
 * The log density log p(z) of codes under a {@link MixturePrior}, and the responsibilities of its components. An object
 * holds the buffers of one task.
 *
 * <pre>
 *   log p(z) = log Σ_k exp(a_k),   a_k = log π_k + log N(z; m_k, diag s_k²)
 *   p(k|z) = exp(a_k − log p(z)),   ∂log p(z) = Σ_k p(k|z) ∂a_k
 * </pre>
 */
public final class PriorDensity {
    private final MixturePrior prior;
    private final int offset;
    private final ComponentDensities components;
    private final DMatrixRMaj joint = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj slopes = new DMatrixRMaj(0, 0);

    public PriorDensity(Networks networks) {
        this.prior = (MixturePrior) networks.prior();
        this.offset = networks.priorOffset();
        this.components = new ComponentDensities(prior, offset);
    }

    /**
     * Writes log p(z_r) at {@code at} + r.
     *
     * @param parameters parameters of all networks. Not modified.
     * @param codes m × l. Not modified.
     */
    public void logDensity(float[] parameters, FMatrixRMaj codes, double[] density, int at) {
        components.read(parameters);
        components.compute(points(codes), joint);
        double[] sums = new double[codes.numRows];
        LogSumExp.normalizeColumns(joint, sums);
        System.arraycopy(sums, 0, density, at, sums.length);
    }

    private static ComponentDensities.Codes points(FMatrixRMaj codes) {
        return new ComponentDensities.Codes(codes.data, 0, null, codes.numRows);
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
        components.backward(points(codes), slopes, codeGradient.data, 0, null);
        components.addTo(gradient);
    }
}
