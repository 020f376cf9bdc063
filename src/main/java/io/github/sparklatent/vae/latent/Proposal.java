package io.github.sparklatent.vae.latent;

import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * The distributions that codes of a batch are drawn from: a Gaussian N(μ, L Lᵀ) for each row of the batch, or several
 * of them for each row. L is lower triangular. An object holds the buffers of one task, and the noise ε of the codes z
 * = μ + L ε that were drawn last. Sample s of row i of the proposal is at s n + i.
 */
public abstract class Proposal {
    final int latent;
    final float[] mean;
    final float[] deviation;
    final float[] below;
    int rows;
    private float[] noise = new float[0];

    /** Creates the buffers for a number of rows, with so many entries of each row below the diagonal. */
    Proposal(int latent, int maxRows, int belowDiagonal) {
        this.latent = latent;
        this.mean = new float[maxRows * latent];
        this.deviation = new float[maxRows * latent];
        this.below = new float[maxRows * belowDiagonal];
    }

    /** Returns the number of latent dimensions l. */
    public final int latent() {
        return latent;
    }

    /** Returns the largest number of distributions. */
    public final int capacity() {
        return mean.length / latent;
    }

    /** Returns n, the number of distributions. */
    public final int rows() {
        return rows;
    }

    /** Returns the number of rows of the batch. The distributions of row i are i, i + batch, i + 2 batch ... */
    public int batch() {
        return rows;
    }

    /** Returns the probability with which a code of its row of the batch is drawn from a distribution. */
    public double weight(int row) {
        return 1;
    }

    /** Returns the logarithm of {@link #weight}. */
    public double logWeight(int row) {
        return 0;
    }

    /** Returns μ, n × l in row order; the array may be longer. */
    public final float[] mean() {
        return mean;
    }

    /** Returns σ, the diagonal of L, laid out as {@link #mean}. */
    public final float[] deviation() {
        return deviation;
    }

    /**
     * Draws ε ~ N(0, I) for every sample of every row.
     *
     * @param streams random stream of each row
     * @param samples L, the number of samples of each row
     */
    final void drawNoise(RandomGenerator[] streams, int samples) {
        if (noise.length < samples * rows * latent) {
            noise = new float[samples * rows * latent];
        }
        int at = 0;
        for (int s = 0; s < samples; s++) {
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < latent; j++) {
                    noise[at++] = (float) streams[i].nextGaussian();
                }
            }
        }
    }

    /** Returns ε_j of a sample of a row. */
    public final double noise(int row, int sample, int dimension) {
        return noise[(sample * rows + row) * latent + dimension];
    }

    /** Returns z_j of a sample of a row, in double precision. */
    public final double code(int row, int sample, int dimension) {
        int at = row * latent + dimension;
        double z = mean[at] + deviation[at] * noise(row, sample, dimension);
        if (below.length > 0) {
            int from = belowAt(row, dimension);
            for (int k = 0; k < dimension; k++) {
                z += below[from + k] * noise(row, sample, k);
            }
        }
        return z;
    }

    /** Returns log r(z) − log N(z; 0, I) of a sample of a row. */
    public final double logRatio(int row, int sample) {
        double sum = 0;
        for (int j = 0; j < latent; j++) {
            sum += logRatio(row, sample, j);
        }
        return sum;
    }

    /** Returns log r(z_j | z_1 ... z_j−1) − log N(z_j; 0, 1) = ½ (z_j² − ε_j²) − log σ_j of a sample of a row. */
    public double logRatio(int row, int sample, int dimension) {
        double z = code(row, sample, dimension);
        double epsilon = noise(row, sample, dimension);
        return 0.5 * (z * z - epsilon * epsilon) - StrictMath.log(deviation[row * latent + dimension]);
    }

    /**
     * Returns the index of the first entry of a row of L among those below the diagonals, which are l(l − 1)/2 for each
     * distribution, row by row of L. There are none if the covariances are diagonal.
     */
    final int belowAt(int row, int dimension) {
        return row * (latent * (latent - 1) / 2) + dimension * (dimension - 1) / 2;
    }

    /**
     * Writes z = μ + L ε of one sample of all rows.
     *
     * @param to l columns. Modified.
     * @param at the row of {@code to} that the first code is written to
     */
    public final void copyCodes(int sample, FMatrixRMaj to, int at) {
        int length = rows * latent;
        int from = at * latent;
        for (int k = 0; k < length; k++) {
            float epsilon = noise[sample * length + k];
            to.data[from + k] = mean[k] + deviation[k] * epsilon;
        }
        for (int k = 0, next = 0; below.length > 0 && k < length; k++) {
            int first = sample * length + k - k % latent;
            float sum = 0;
            for (int c = 0; c < k % latent; c++) {
                sum += below[next++] * noise[first + c];
            }
            to.data[from + k] += sum;
        }
    }

    /**
     * Propagates the gradient with respect to the codes of some samples to the heads: ∂z/∂μ = 1, ∂z/∂log σ² = ½ σ ε,
     * ∂z_j/∂L_jk = ε_k.
     *
     * @param codeGradient m n × l. Not modified.
     * @param first index of the first sample
     * @param count number of samples, m
     * @param headGradient n × 2l, or with as many columns as the encoder has outputs. Added to.
     */
    public final void toHeads(FMatrixRMaj codeGradient, int first, int count, FMatrixRMaj headGradient) {
        int length = rows * latent;
        for (int s = 0; s < count; s++) {
            for (int k = 0; k < length; k++) {
                int heads = k / latent * headGradient.numCols;
                int to = heads + k % latent;
                float slope = codeGradient.data[s * length + k];
                int at = (first + s) * length + k;
                headGradient.data[to] += slope;
                headGradient.data[to + latent] += 0.5f * slope * deviation[k] * noise[at];
                int entries = heads + 2 * latent + belowAt(0, k % latent);
                for (int c = 0; below.length > 0 && c < k % latent; c++) {
                    headGradient.data[entries + c] += slope * noise[at - k % latent + c];
                }
            }
        }
    }
}
