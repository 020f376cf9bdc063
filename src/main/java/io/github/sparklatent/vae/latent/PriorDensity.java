package io.github.sparklatent.vae.latent;

import io.github.sparklatent.linalg.DoubleFunctions;
import io.github.sparklatent.linalg.LogSumExp;
import io.github.sparklatent.nn.likelihood.Conditions;
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
    private final Conditions conditions;
    private float[] inputs = new float[0];

    /** π_k given the conditions of each row, n × K. */
    private double[] weights = new double[0];

    private double[] logWeights;
    private int rows;

    public PriorDensity(Networks networks) {
        this.prior = networks.prior();
        this.offset = networks.priorOffset();
        this.components = new ComponentDensities(prior, offset);
        this.conditions = networks.likelihood().conditions();
    }

    /**
     * Writes log p(z_r) at {@code at} + r.
     *
     * @param parameters parameters of all networks. Not modified.
     * @param codes m × l. Not modified.
     * @param of n × d, rows with the conditions of the codes; code r is of row r mod n. Not modified.
     */
    public void logDensity(float[] parameters, FMatrixRMaj codes, FMatrixRMaj of, double[] density, int at) {
        components.read(parameters);
        components.compute(points(codes), joint);
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
        if (weights.length < rows * k) {
            inputs = new float[rows * conditions.inputs()];
            weights = new double[rows * k];
        }
        logWeights = prior.logWeights(parameters, offset);
        for (int i = 0; i < rows; i++) {
            int from = i * conditions.inputs();
            conditions.read(of, i, inputs, from);
            System.arraycopy(prior.logWeights(parameters, offset, inputs, from), 0, weights, i * k, k);
        }
        int m = joint.numCols;
        for (int place = 0; place < k * m; place++) {
            joint.data[place] += weights[place % m % rows * k + place / m] - logWeights[place / m];
        }
        DoubleFunctions.exp(weights, 0, weights, 0, rows * k);
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
                double weight = weights[row * k + component];
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
        if (!conditions.isEmpty()) {
            addConditions(gradient);
        }
    }
}
