package io.github.sparklatent.vae;

import io.github.sparklatent.linalg.LogSumExp;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * q(y|x) = E_q[p(y|z)] of the rows of a batch, which has no closed form: the mean of p(y|z) over
 * the L samples of z that the bound is taken over too (Jiang et al. 2017, eq. 16), in expectation
 * the integral itself. Whatever distribution stands in its place, −ELBO is a bound of −log p(x), so
 * the error of the mean loosens it and does no other harm.
 *
 * <p>Holds K numbers for each sample of each row, and the sums of a batch.
 */
final class Assignments {
    private final ComponentDensities densities;
    private final DMatrixRMaj[] each;
    private final DMatrixRMaj mean = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj slopes = new DMatrixRMaj(0, 0);
    private final double[] totals;
    private final float[] codes;
    private int samples;

    /**
     * @param latent l
     * @param maxRows rows of a batch at most
     * @param capacity samples of a row at most, L
     */
    Assignments(ComponentDensities densities, int latent, int maxRows, int capacity) {
        this.densities = densities;
        this.each = new DMatrixRMaj[capacity];
        Arrays.setAll(each, s -> new DMatrixRMaj(0, 0));
        this.totals = new double[maxRows];
        this.codes = new float[maxRows * latent];
    }

    /**
     * Takes the mean over all samples drawn.
     *
     * @return γ, K × n, a buffer
     */
    DMatrixRMaj assign(Posterior posterior, CodeSamples drawn) {
        samples = drawn.samples();
        for (int s = 0; s < samples; s++) {
            densities.compute(codes(posterior, drawn, s), each[s]);
            LogSumExp.normalizeColumns(each[s], totals);
        }
        mean.reshape(each[0].numRows, each[0].numCols);
        mean.zero();
        for (int s = 0; s < samples; s++) {
            for (int at = 0; at < mean.getNumElements(); at++) {
                mean.data[at] += each[s].data[at] / samples;
            }
        }
        return mean;
    }

    private ComponentDensities.Codes codes(Posterior posterior, CodeSamples drawn, int sample) {
        int latent = posterior.latent();
        for (int i = 0; i < posterior.rows(); i++) {
            for (int j = 0; j < latent; j++) {
                int at = i * latent + j;
                double epsilon = drawn.noise(posterior, i, sample, j);
                codes[at] = (float) (posterior.mean()[at] + posterior.deviation()[at] * epsilon);
            }
        }
        return new ComponentDensities.Codes(codes, 0, null, posterior.rows());
    }

    /**
     * Goes back to the codes of one sample. With h_k the derivative by log γ_k and r_k = p(k|z_s),
     * the derivative by log π_k N(z_s; m_k, s_k²) is
     *
     * <pre>
     *   h_k ρ_k − r_k Σ_c h_c ρ_c,   ρ_k = r_k / (L γ_k), the sample's part in γ_k
     * </pre>
     *
     * @param byLogarithm h, K × n. Not modified.
     * @param all codes that went through the decoder together, sample after sample. Not modified.
     * @param place of this sample's among them
     * @param codeGradient with respect to all of these; added to
     */
    void backward(
            int sample,
            DMatrixRMaj byLogarithm,
            float[] all,
            int place,
            int latent,
            float[] codeGradient) {
        int n = mean.numCols;
        slopes.reshape(mean.numRows, n);
        Arrays.fill(totals, 0, n, 0);
        for (int at = 0; at < mean.getNumElements(); at++) {
            double whole = samples * mean.data[at];
            // Where γ is too small for a number all samples have a like part in it.
            double part = whole > 0 ? each[sample].data[at] / whole : 1.0 / samples;
            slopes.data[at] = byLogarithm.data[at] * part;
            totals[at % n] += slopes.data[at];
        }
        for (int at = 0; at < mean.getNumElements(); at++) {
            slopes.data[at] -= each[sample].data[at] * totals[at % n];
        }
        int from = place * n * latent;
        densities.backward(
                new ComponentDensities.Codes(all, from, null, n), slopes, codeGradient, from, null);
    }
}
