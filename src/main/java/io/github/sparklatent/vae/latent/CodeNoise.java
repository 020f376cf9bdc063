package io.github.sparklatent.vae.latent;

import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * The noise ε of codes z = μ + σ ε, and the gradient through it. Sample s of row i of the proposal
 * is at s n + i.
 */
public final class CodeNoise {
    private final float[] noise;
    private Proposal proposal;

    /**
     * Creates the buffer of one task.
     *
     * @param length largest L n l
     */
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
    double of(int row, int sample, int dimension) {
        return noise[(sample * proposal.rows() + row) * proposal.latent() + dimension];
    }

    /**
     * Writes z = μ + σ ε of one sample of all rows.
     *
     * @param to l columns. Modified.
     * @param at the row of {@code to} that the first code is written to
     */
    public void copyCodes(int sample, FMatrixRMaj to, int at) {
        int length = proposal.rows() * proposal.latent();
        int from = at * proposal.latent();
        for (int k = 0; k < length; k++) {
            float epsilon = noise[sample * length + k];
            to.data[from + k] = proposal.mean()[k] + proposal.deviation()[k] * epsilon;
        }
    }

    /**
     * Propagates the gradient with respect to the codes of some samples to the heads: ∂z/∂μ = 1,
     * ∂z/∂log σ² = ½ σ ε.
     *
     * @param codeGradient m n × l. Not modified.
     * @param first index of the first sample
     * @param count number of samples, m
     * @param headGradient n × 2l. Added to.
     */
    public void toHeads(FMatrixRMaj codeGradient, int first, int count, FMatrixRMaj headGradient) {
        int latent = proposal.latent();
        int length = proposal.rows() * latent;
        for (int s = 0; s < count; s++) {
            for (int k = 0; k < length; k++) {
                int to = k / latent * 2 * latent + k % latent;
                float slope = codeGradient.data[s * length + k];
                float epsilon = noise[(first + s) * length + k];
                headGradient.data[to] += slope;
                headGradient.data[to + latent] += 0.5f * slope * proposal.deviation()[k] * epsilon;
            }
        }
    }
}
