package io.github.sparklatent.vae;

import io.github.sparklatent.linalg.DoubleFunctions;
import io.github.sparklatent.linalg.FloatFunctions;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;

/**
 * The parts of variational deep embedding's bound that are not the reconstruction, of a batch whose
 * codes are drawn: γ, Σ_y γ_y KL(q(z|x) || p(z|y)) + KL(γ || π), and the way back; the buffers of
 * one task. The divergences are summed as
 *
 * <pre>
 *   Σ_y γ_y (log γ_y − a_y) − ½ Σ_j (1 + log 2π + log σ_j²)
 * </pre>
 *
 * a being what {@link ComponentDensities} gives of q(z|x).
 */
final class EmbeddingBound {
    private final int latent;
    private final ComponentDensities densities;
    private final Assignments assignments;
    private final DMatrixRMaj expected = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj slopes = new DMatrixRMaj(0, 0);
    private final double[] logarithms;
    private final float[] variance;
    private final float[] meanGradient;
    private final float[] varianceGradient;
    private DMatrixRMaj own;
    private Posterior posterior;

    EmbeddingBound(Networks networks, int maxRows, int capacity) {
        MixturePrior prior = (MixturePrior) networks.prior();
        this.latent = prior.latent();
        this.densities = new ComponentDensities(prior, networks.priorOffset());
        this.assignments = new Assignments(densities, latent, maxRows, capacity);
        this.logarithms = new double[prior.components() * maxRows];
        this.variance = new float[maxRows * latent];
        this.meanGradient = new float[maxRows * latent];
        this.varianceGradient = new float[maxRows * latent];
    }

    /**
     * Computes what the other methods go on from.
     *
     * @param encoded q(z|x) of the rows
     * @param drawn samples of it
     */
    void compute(float[] parameters, Posterior encoded, CodeSamples drawn) {
        expect(parameters, encoded);
        own = assignments.assign(posterior, drawn);
        DoubleFunctions.log(own.data, 0, logarithms, 0, own.getNumElements());
    }

    /**
     * Computes what divergences under given responsibilities go on from.
     *
     * @param encoded q(z|x) of the rows
     */
    void expect(float[] parameters, Posterior encoded) {
        posterior = encoded;
        densities.read(parameters);
        FloatFunctions.exp(posterior.logVariance(), 0, variance, 0, posterior.rows() * latent);
        densities.compute(codes(), expected);
    }

    private ComponentDensities.Codes codes() {
        return new ComponentDensities.Codes(posterior.mean(), 0, variance, posterior.rows());
    }

    /** γ, K × n, a buffer. Not to be modified. */
    DMatrixRMaj own() {
        return own;
    }

    /** log γ, −∞ where γ is 0, as {@link #own}; the array may be longer. */
    double[] logarithms() {
        return logarithms;
    }

    /** Σ_y γ_y KL(q(z|x) || p(z|y)) + KL(γ || π) of a row, in nats. */
    double divergence(int row) {
        double sum = divergence(row, own);
        for (int at = row; at < own.getNumElements(); at += own.numCols) {
            sum += own.data[at] > 0 ? own.data[at] * logarithms[at] : 0;
        }
        return sum;
    }

    /**
     * Σ_y g_y (KL(q(z|x) || p(z|y)) − log π_y) of a row, in nats.
     *
     * @param responsibilities g, K × n, columns of sum 1. Not modified.
     */
    double divergence(int row, DMatrixRMaj responsibilities) {
        double sum = -posterior.entropy(row);
        for (int at = row; at < expected.getNumElements(); at += expected.numCols) {
            sum -= responsibilities.data[at] * expected.data[at];
        }
        return sum;
    }

    /**
     * Derivatives by log γ of the bound's own terms, by weight: w_i γ_ki (log γ_ki − a_ki); what is
     * the same for all k of a row makes no difference.
     *
     * @param weights of the rows as shares of their batch
     * @return K × n, a buffer, to be added to and handed back
     */
    DMatrixRMaj slopes(float[] weights) {
        int n = own.numCols;
        slopes.reshape(own.numRows, n);
        for (int at = 0; at < own.getNumElements(); at++) {
            double share = own.data[at];
            slopes.data[at] =
                    share > 0 ? weights[at % n] * share * (logarithms[at] - expected.data[at]) : 0;
        }
        return slopes;
    }

    /** Zeros, where what is summed is not by γ: to be added to and handed back. */
    DMatrixRMaj noSlopes() {
        slopes.reshape(own.numRows, own.numCols);
        slopes.zero();
        return slopes;
    }

    /**
     * Goes back from γ to the codes of the samples that were decoded last.
     *
     * @param byLogarithm derivatives by log γ, K × n. Not modified.
     * @param drawn the samples
     * @param codeGradient with respect to their codes, m n × l; added to
     */
    void backwardCodes(DMatrixRMaj byLogarithm, CodeSamples drawn, FMatrixRMaj codeGradient) {
        for (int place = 0; place < drawn.count(); place++) {
            assignments.backward(
                    drawn.first() + place,
                    byLogarithm,
                    drawn.codes().data,
                    place,
                    latent,
                    codeGradient.data);
        }
    }

    /**
     * Goes back from −Σ_i w_i (Σ_k c_ki a_ki + ½ Σ_j log σ_ij²) to the posterior's heads and the
     * prior, and adds all that has come back to the prior.
     *
     * @param coefficients c, K × n. Not modified.
     * @param weights w, of the rows as shares of their batch
     * @param headGradient n × 2l, added to
     * @param gradient of all parameters; the prior's part is added to
     */
    void backwardExpected(
            DMatrixRMaj coefficients, float[] weights, FMatrixRMaj headGradient, float[] gradient) {
        int n = own.numCols;
        slopes.reshape(own.numRows, n);
        for (int at = 0; at < own.getNumElements(); at++) {
            slopes.data[at] = -weights[at % n] * coefficients.data[at];
        }
        Arrays.fill(meanGradient, 0, n * latent, 0f);
        Arrays.fill(varianceGradient, 0, n * latent, 0f);
        densities.backward(codes(), slopes, meanGradient, 0, varianceGradient);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < latent; j++) {
                int at = i * latent + j;
                headGradient.data[2 * i * latent + j] += meanGradient[at];
                headGradient.data[(2 * i + 1) * latent + j] +=
                        varianceGradient[at] * variance[at] - 0.5f * weights[i];
            }
        }
        densities.addTo(gradient);
    }
}
