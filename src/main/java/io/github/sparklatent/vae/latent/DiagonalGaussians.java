package io.github.sparklatent.vae.latent;

import io.github.sparklatent.linalg.FloatFunctions;
import java.util.Arrays;

/**
 * Densities of Gaussians N(m, diag s²) at codes, and their derivatives. Means and variances are two tables; several
 * Gaussians may share a row of either.
 *
 * <pre>
 *   log N(z) = −½ (l log 2π + Σ_j log s_j² + Σ_j (z_j − m_j)² / s_j²)
 *   ∂/∂z_j = −(z_j − m_j) / s_j²,   ∂/∂m_j = (z_j − m_j) / s_j²
 *   ∂/∂log s_j² = ½ ((z_j − m_j)² / s_j² − 1)
 * </pre>
 *
 * The densities come from the differences z − m, not from products of z and z² with a matrix of coefficients. If m is
 * many s away from 0, such products in single precision lose the digits that distinguish the components. The cost of
 * the differences is small: the decoder takes a hundred times as long.
 */
final class DiagonalGaussians {
    private static final double LOG_TWO_PI = 1.8378770664093454836;

    private final int latent;

    /** m, rows of l numbers, to be filled before {@link #begin}. */
    final float[] means;

    /** log s², rows of l numbers, to be filled before {@link #begin}. */
    final float[] logVariances;

    private final float[] precisions;
    private final double[] constants;

    /** The derivatives by the means, summed since {@link #clearGradient}. */
    final double[] meanGradient;

    /** The derivatives by log s², summed since {@link #clearGradient}. */
    final double[] logVarianceGradient;

    /**
     * Creates the tables.
     *
     * @param means largest number of rows of the table of means
     * @param variances largest number of rows of the table of variances
     * @param latent l, the number of latent dimensions
     */
    DiagonalGaussians(int means, int variances, int latent) {
        this.latent = latent;
        this.means = new float[means * latent];
        this.logVariances = new float[variances * latent];
        this.precisions = new float[variances * latent];
        this.constants = new double[variances];
        this.meanGradient = new double[means * latent];
        this.logVarianceGradient = new double[variances * latent];
    }

    /** Reads the filled tables, the first rows of the variances. */
    void begin(int variances) {
        int length = variances * latent;
        for (int i = 0; i < length; i++) {
            precisions[i] = -logVariances[i];
        }
        FloatFunctions.exp(precisions, 0, precisions, 0, length);
        for (int v = 0; v < variances; v++) {
            double sum = latent * LOG_TWO_PI;
            for (int j = v * latent; j < (v + 1) * latent; j++) {
                sum += logVariances[j];
            }
            constants[v] = -0.5 * sum;
        }
    }

    /**
     * Returns log N(z; m, diag s²) in nats.
     *
     * @param mean row of m
     * @param variance row of s²
     * @param codes codes, in rows of l numbers. Not modified.
     * @param code row of z
     */
    double logDensity(int mean, int variance, float[] codes, int code) {
        double distance = 0;
        for (int j = 0; j < latent; j++) {
            double z = codes[code * latent + j];
            double difference = z - means[mean * latent + j];
            distance += difference * difference * precisions[variance * latent + j];
        }
        return constants[variance] - 0.5 * distance;
    }

    /** Sets the sums of derivatives to 0. */
    void clearGradient() {
        Arrays.fill(meanGradient, 0);
        Arrays.fill(logVarianceGradient, 0);
    }

    /**
     * Adds the derivatives of weight · log N(z; m, diag s²).
     *
     * @param codeGradient derivatives with respect to the codes, rows of l numbers. The method adds to the row of the
     *     code.
     */
    void addGradient(double weight, int mean, int variance, float[] codes, float[] codeGradient, int code) {
        for (int j = 0; j < latent; j++) {
            int z = code * latent + j;
            int m = mean * latent + j;
            int s = variance * latent + j;
            double at = codes[z];
            double difference = at - means[m];
            double pull = weight * difference * precisions[s];
            codeGradient[z] -= (float) pull;
            meanGradient[m] += pull;
            logVarianceGradient[s] += 0.5 * (pull * difference - weight);
        }
    }
}
