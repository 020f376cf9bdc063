package io.github.sparklatent.vae.latent;

import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/** The noise ε of codes z = μ + L ε, and the gradient through it. Sample s of row i of the proposal is at s n + i. */
public class CodeNoise {
    private final float[] noise;
    Proposal proposal;

    public CodeNoise(int length) {
        this.noise = new float[length];
    }

    /**
     * Draws ε ~ N(0, I) for every sample of every row.
     *
     * @param from the distributions of the codes. Kept until the next draw.
     * @param streams random stream of each row
     * @param samples L, the number of samples of each row
     */
    public void draw(Proposal from, RandomGenerator[] streams, int samples) {
        proposal = from;
        int at = 0;
        for (int s = 0; s < samples; s++) {
            for (int i = 0; i < proposal.rows(); i++) {
                for (int j = 0; j < proposal.latent(); j++) {
                    noise[at++] = (float) streams[i].nextGaussian();
                }
            }
        }
    }

    /** Returns ε_j of a sample of a row. */
    public final double noise(int row, int sample, int dimension) {
        return noise[(sample * proposal.rows() + row) * proposal.latent() + dimension];
    }

    /** Returns z_j of a sample of a row, in double precision. */
    final double code(int row, int sample, int dimension) {
        int latent = proposal.latent();
        int at = row * latent + dimension;
        double z = proposal.mean()[at] + proposal.deviation()[at] * noise(row, sample, dimension);
        float[] below = proposal.belowDiagonal();
        if (below.length > 0) {
            int from = belowAt(row, dimension, latent);
            for (int k = 0; k < dimension; k++) {
                z += below[from + k] * noise(row, sample, k);
            }
        }
        return z;
    }

    /** Returns the index of the first entry of a row of L among those below the diagonals. */
    static int belowAt(int row, int dimension, int latent) {
        return row * (latent * (latent - 1) / 2) + dimension * (dimension - 1) / 2;
    }

    /**
     * Writes z = μ + L ε of one sample of all rows.
     *
     * @param to l columns. Modified.
     * @param at the row of {@code to} that the first code is written to
     */
    public final void copyCodes(int sample, FMatrixRMaj to, int at) {
        int length = proposal.rows() * proposal.latent();
        int from = at * proposal.latent();
        for (int k = 0; k < length; k++) {
            float epsilon = noise[sample * length + k];
            to.data[from + k] = proposal.mean()[k] + proposal.deviation()[k] * epsilon;
        }
        if (proposal.belowDiagonal().length > 0) {
            addBelowDiagonal(sample * length, to.data, from);
        }
    }

    private void addBelowDiagonal(int noiseFrom, float[] codes, int codesFrom) {
        int latent = proposal.latent();
        float[] below = proposal.belowDiagonal();
        int next = 0;
        for (int i = 0; i < proposal.rows(); i++) {
            for (int j = 0; j < latent; j++) {
                float sum = 0;
                for (int k = 0; k < j; k++) {
                    sum += below[next++] * noise[noiseFrom + i * latent + k];
                }
                codes[codesFrom + i * latent + j] += sum;
            }
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
        int latent = proposal.latent();
        int length = proposal.rows() * latent;
        for (int s = 0; s < count; s++) {
            for (int k = 0; k < length; k++) {
                int to = k / latent * headGradient.numCols + k % latent;
                float slope = codeGradient.data[s * length + k];
                float epsilon = noise[(first + s) * length + k];
                headGradient.data[to] += slope;
                headGradient.data[to + latent] += 0.5f * slope * proposal.deviation()[k] * epsilon;
            }
            if (proposal.belowDiagonal().length > 0) {
                int noiseFrom = (first + s) * length;
                toBelowDiagonal(codeGradient.data, s * length, noiseFrom, headGradient);
            }
        }
    }

    private void toBelowDiagonal(float[] slopes, int slopesFrom, int noiseFrom, FMatrixRMaj headGradient) {
        int latent = proposal.latent();
        for (int i = 0; i < proposal.rows(); i++) {
            int next = i * headGradient.numCols + 2 * latent;
            for (int j = 0; j < latent; j++) {
                float slope = slopes[slopesFrom + i * latent + j];
                for (int k = 0; k < j; k++) {
                    headGradient.data[next++] += slope * noise[noiseFrom + i * latent + k];
                }
            }
        }
    }
}
