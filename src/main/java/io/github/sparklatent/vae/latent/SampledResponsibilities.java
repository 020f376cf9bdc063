package io.github.sparklatent.vae.latent;

import io.github.sparklatent.linalg.LogSumExp;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * γ = q(y|x) = E_q[p(y|z)] of the rows of a batch. It has no closed form; it is the mean of p(y|z) over the L samples
 * of z that the bound uses too (Jiang et al. 2017, eq. 16). −ELBO is a bound of −log p(x) for any γ, so the error of
 * the mean only loosens it.
 *
 * <p>Holds K numbers for each sample of each row, and the sums of a batch.
 */
public final class SampledResponsibilities {
    private final ComponentDensities densities;
    private final int latent;
    private final DMatrixRMaj[] each;
    private final DMatrixRMaj mean = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj slopes = new DMatrixRMaj(0, 0);
    private final double[] totals;
    private final float[] codes;

    /**
     * Creates the buffers of one task.
     *
     * @param latent l, the number of latent dimensions
     * @param maxRows largest number of rows of a batch
     * @param capacity largest L
     */
    SampledResponsibilities(ComponentDensities densities, int latent, int maxRows, int capacity) {
        this.densities = densities;
        this.latent = latent;
        this.each = new DMatrixRMaj[capacity];
        Arrays.setAll(each, s -> new DMatrixRMaj(0, 0));
        this.totals = new double[maxRows];
        this.codes = new float[maxRows * latent];
    }

    /** Averages p(y|z) over all samples drawn. Returns γ, K × n, a buffer. */
    DMatrixRMaj compute(GaussianPosterior posterior, CodeSamples samples) {
        int count = samples.samples();
        for (int s = 0; s < count; s++) {
            densities.compute(codes(posterior, samples, s), each[s]);
            LogSumExp.normalizeColumns(each[s], totals);
        }
        mean.reshape(each[0].numRows, each[0].numCols);
        mean.zero();
        for (int s = 0; s < count; s++) {
            for (int at = 0; at < mean.getNumElements(); at++) {
                mean.data[at] += each[s].data[at] / count;
            }
        }
        return mean;
    }

    private ComponentDensities.Codes codes(GaussianPosterior posterior, CodeSamples samples, int sample) {
        for (int i = 0; i < posterior.rows(); i++) {
            for (int j = 0; j < latent; j++) {
                int at = i * latent + j;
                double epsilon = samples.noise(i, sample, j);
                codes[at] = (float) (posterior.mean()[at] + posterior.deviation()[at] * epsilon);
            }
        }
        return new ComponentDensities.Codes(codes, 0, null, posterior.rows());
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
    void backward(DMatrixRMaj byLogarithm, CodeSamples samples, float[] codeGradient) {
        int n = mean.numCols;
        for (int place = 0; place < samples.count(); place++) {
            int sample = samples.first() + place;
            slopes.reshape(mean.numRows, n);
            Arrays.fill(totals, 0, n, 0);
            for (int at = 0; at < mean.getNumElements(); at++) {
                double whole = samples.samples() * mean.data[at];
                // If γ underflows to 0, all samples have equal parts of it.
                double part = whole > 0 ? each[sample].data[at] / whole : 1.0 / samples.samples();
                slopes.data[at] = byLogarithm.data[at] * part;
                totals[at % n] += slopes.data[at];
            }
            for (int at = 0; at < mean.getNumElements(); at++) {
                slopes.data[at] -= each[sample].data[at] * totals[at % n];
            }
            int from = place * n * latent;
            var all = new ComponentDensities.Codes(samples.codes().data, from, null, n);
            densities.backward(all, slopes, codeGradient, from, null);
        }
    }
}
