package io.github.sparklatent.vae.latent;

import io.github.sparklatent.linalg.DoubleFunctions;
import io.github.sparklatent.linalg.FloatFunctions;
import io.github.sparklatent.linalg.LogSumExp;
import io.github.sparklatent.vae.model.MixturePrior;
import io.github.sparklatent.vae.model.Networks;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;

/**
 * The divergence of Gaussian posteriors from a {@link MixturePrior} under responsibilities γ, Σ_y γ_y KL(q(z|x) ||
 * p(z|y)) + KL(γ || π), and its gradient. The divergence is computed as
 *
 * <pre>
 *   Σ_y γ_y (log γ_y − a_y) − ½ Σ_j (1 + log 2π + log σ_j²)
 * </pre>
 *
 * where a_y is the mean of log π_y p(z|y) over q(z|x), computed by {@link ComponentDensities}, and σ_j² is the variance
 * of q(z|x) in latent dimension j. n is the number of rows of a batch. Holds the buffers of one task.
 */
public final class MixtureDivergence {
    private final int latent;
    private final ComponentDensities densities;
    private final DMatrixRMaj expected = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj slopes = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj ofSample = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj own = new DMatrixRMaj(0, 0);

    /** p(y|z) of the samples, each K × n. */
    private final DMatrixRMaj[] each;

    private final double[] totals;
    private final float[] codes;
    private final double[] logarithms;
    private final float[] variance;
    private final float[] meanGradient;
    private final float[] varianceGradient;
    private GaussianPosterior posterior;

    /**
     * Creates the buffers of one task.
     *
     * @param maxRows largest number of rows of a batch
     * @param capacity largest number of samples of each row
     */
    public MixtureDivergence(Networks networks, int maxRows, int capacity) {
        MixturePrior prior = networks.prior();
        this.latent = prior.latent();
        this.densities = new ComponentDensities(prior, networks.priorOffset());
        this.each = new DMatrixRMaj[capacity];
        Arrays.setAll(each, s -> new DMatrixRMaj(0, 0));
        this.totals = new double[maxRows];
        this.codes = new float[maxRows * latent];
        this.logarithms = new double[prior.components() * maxRows];
        this.variance = new float[maxRows * latent];
        this.meanGradient = new float[maxRows * latent];
        this.varianceGradient = new float[maxRows * latent];
    }

    /**
     * Computes the densities a and the model's own responsibilities γ = q(y|x) = E_q[p(y|z)] of a batch. γ has no
     * closed form; it is the mean of p(y|z) over the L samples of z that the bound uses too (Jiang et al. 2017, eq.
     * 16). −ELBO is a bound of −log p(x) for any γ, so the error of the mean only loosens it.
     *
     * @param encoded q(z|x) of the rows. Kept until the next batch.
     * @param samples samples of z, drawn from {@code encoded}
     */
    public void compute(float[] parameters, GaussianPosterior encoded, CodeSamples samples) {
        compute(parameters, encoded);
        int count = samples.samples();
        for (int s = 0; s < count; s++) {
            densities.compute(codes(samples, s), each[s]);
            LogSumExp.normalizeColumns(each[s], totals);
        }
        own.reshape(each[0].numRows, each[0].numCols);
        own.zero();
        for (int s = 0; s < count; s++) {
            for (int at = 0; at < own.getNumElements(); at++) {
                own.data[at] += each[s].data[at] / count;
            }
        }
        DoubleFunctions.log(own.data, 0, logarithms, 0, own.getNumElements());
    }

    private ComponentDensities.Codes codes(CodeSamples samples, int sample) {
        for (int i = 0; i < posterior.rows(); i++) {
            for (int j = 0; j < latent; j++) {
                codes[i * latent + j] = (float) samples.code(i, sample, j);
            }
        }
        return new ComponentDensities.Codes(codes, 0, null, posterior.rows());
    }

    /**
     * Computes the densities a of a batch. This is enough for divergences under given responsibilities.
     *
     * @param encoded q(z|x) of the rows. Kept until the next batch.
     */
    public void compute(float[] parameters, GaussianPosterior encoded) {
        posterior = encoded;
        densities.read(parameters);
        FloatFunctions.exp(posterior.logVariance(), 0, variance, 0, posterior.rows() * latent);
        densities.compute(codes(), expected);
    }

    private ComponentDensities.Codes codes() {
        return new ComponentDensities.Codes(posterior.mean(), 0, variance, posterior.rows());
    }

    /** Returns the model's own responsibilities γ, K × n, in a buffer. Not to be modified. */
    public DMatrixRMaj own() {
        return own;
    }

    /** Returns log γ, in the layout of {@link #own}; −∞ where γ is 0. The array may be longer. */
    public double[] logarithms() {
        return logarithms;
    }

    /** Returns Σ_y γ_y KL(q(z|x) || p(z|y)) + KL(γ || π) of a row, in nats. */
    public double divergence(int row) {
        double sum = divergence(row, own);
        for (int at = row; at < own.getNumElements(); at += own.numCols) {
            sum += own.data[at] > 0 ? own.data[at] * logarithms[at] : 0;
        }
        return sum;
    }

    /**
     * Returns Σ_y g_y (KL(q(z|x) || p(z|y)) − log π_y) of a row, in nats.
     *
     * @param responsibilities g, K × n, columns of sum 1. Not modified.
     */
    public double divergence(int row, DMatrixRMaj responsibilities) {
        double sum = -posterior.entropy(row);
        for (int at = row; at < expected.getNumElements(); at += expected.numCols) {
            sum -= responsibilities.data[at] * expected.data[at];
        }
        return sum;
    }

    /**
     * Returns w_i γ_ki (log γ_ki − a_ki): the derivatives of Σ_i w_i divergence_i with respect to log γ_ki. Terms that
     * are equal for all k of a row are left out, because they cancel.
     *
     * @param weights w, n numbers: the weight of each row as a share of the batch's total
     * @return K × n, in a buffer. The caller may add to it.
     */
    public DMatrixRMaj slopes(float[] weights) {
        int n = own.numCols;
        slopes.reshape(own.numRows, n);
        for (int at = 0; at < own.getNumElements(); at++) {
            double share = own.data[at];
            slopes.data[at] = share > 0 ? weights[at % n] * share * (logarithms[at] - expected.data[at]) : 0;
        }
        return slopes;
    }

    /**
     * Propagates derivatives by log γ to the codes that were decoded last. With h_k the derivative by log γ_k and r_k =
     * p(k|z_s), the derivative by log π_k N(z_s; m_k, s_k²) is
     *
     * <pre>
     *   h_k ρ_k − r_k Σ_c h_c ρ_c,   ρ_k = r_k / (L γ_k), the sample's part of γ_k
     * </pre>
     *
     * @param byLogarithm h, K × n. Not modified.
     * @param codeGradient m n × l. Added to.
     */
    public void backwardCodes(DMatrixRMaj byLogarithm, CodeSamples samples, FMatrixRMaj codeGradient) {
        int n = own.numCols;
        for (int place = 0; place < samples.count(); place++) {
            int sample = samples.first() + place;
            ofSample.reshape(own.numRows, n);
            Arrays.fill(totals, 0, n, 0);
            for (int at = 0; at < own.getNumElements(); at++) {
                double whole = samples.samples() * own.data[at];
                // If γ underflows to 0, all samples have equal parts of it.
                double part = whole > 0 ? each[sample].data[at] / whole : 1.0 / samples.samples();
                ofSample.data[at] = byLogarithm.data[at] * part;
                totals[at % n] += ofSample.data[at];
            }
            for (int at = 0; at < own.getNumElements(); at++) {
                ofSample.data[at] -= each[sample].data[at] * totals[at % n];
            }
            int from = place * n * latent;
            var all = new ComponentDensities.Codes(samples.codes().data, from, null, n);
            densities.backward(all, ofSample, codeGradient.data, from, null);
        }
    }

    /**
     * Adds the derivatives of −Σ_i w_i (Σ_k g_ki a_ki + ½ Σ_j log σ_ij²) with respect to the posterior's heads (the
     * encoder's outputs, from which μ and σ are computed), and with respect to the prior's parameters.
     *
     * @param responsibilities g, K × n. Not modified.
     * @param weights w, n numbers: the weight of each row as a share of the batch's total
     * @param gradient derivatives with respect to all parameters. The method adds to the prior's part.
     */
    public void backwardExpected(DMatrixRMaj responsibilities, float[] weights, float[] gradient) {
        int n = own.numCols;
        slopes.reshape(own.numRows, n);
        for (int at = 0; at < own.getNumElements(); at++) {
            slopes.data[at] = -weights[at % n] * responsibilities.data[at];
        }
        Arrays.fill(meanGradient, 0, n * latent, 0f);
        Arrays.fill(varianceGradient, 0, n * latent, 0f);
        densities.backward(codes(), slopes, meanGradient, 0, varianceGradient);
        float[] heads = posterior.headGradient().data;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < latent; j++) {
                int at = i * latent + j;
                heads[2 * i * latent + j] += meanGradient[at];
                heads[(2 * i + 1) * latent + j] += varianceGradient[at] * variance[at] - 0.5f * weights[i];
            }
        }
        densities.addTo(gradient);
    }
}
