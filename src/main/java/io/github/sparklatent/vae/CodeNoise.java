package io.github.sparklatent.vae;

import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * The noise ε of samples z = μ + σ ε, and the way back through it; sample s of row i at s n + i.
 */
final class CodeNoise {
    private final float[] noise;

    /**
     * @param length L n l at most
     */
    CodeNoise(int length) {
        this.noise = new float[length];
    }

    /**
     * Draws ε ~ N(0, I) for every sample of every row.
     *
     * @param streams of the rows
     * @param samples L
     */
    void draw(Proposal posterior, RandomGenerator[] streams, int samples) {
        int at = 0;
        for (int s = 0; s < samples; s++) {
            for (int i = 0; i < posterior.rows(); i++) {
                for (int j = 0; j < posterior.latent(); j++) {
                    noise[at++] = (float) streams[i].nextGaussian();
                }
            }
        }
    }

    /** ε_j of a sample of a row. */
    double of(Proposal posterior, int row, int sample, int dimension) {
        return noise[(sample * posterior.rows() + row) * posterior.latent() + dimension];
    }

    /**
     * z = μ + σ ε of one sample of all rows.
     *
     * @param to of l columns. Modified.
     * @param at the row of it that the first goes to
     */
    void copyCodes(Proposal posterior, int sample, FMatrixRMaj to, int at) {
        int length = posterior.rows() * posterior.latent();
        int from = at * posterior.latent();
        for (int k = 0; k < length; k++) {
            float epsilon = noise[sample * length + k];
            to.data[from + k] = posterior.mean()[k] + posterior.deviation()[k] * epsilon;
        }
    }

    /**
     * Takes the derivative with respect to the codes of some samples on to the heads: ∂z/∂μ = 1,
     * ∂z/∂log σ² = ½ σ ε.
     *
     * @param codeGradient m n × l. Not modified.
     * @param first of the samples
     * @param count of the samples, m
     * @param headGradient n × 2l, added to
     */
    void toHeads(
            FMatrixRMaj codeGradient,
            int first,
            int count,
            Proposal posterior,
            FMatrixRMaj headGradient) {
        int latent = posterior.latent();
        int length = posterior.rows() * latent;
        for (int s = 0; s < count; s++) {
            for (int k = 0; k < length; k++) {
                int to = k / latent * 2 * latent + k % latent;
                float slope = codeGradient.data[s * length + k];
                float epsilon = noise[(first + s) * length + k];
                headGradient.data[to] += slope;
                headGradient.data[to + latent] += 0.5f * slope * posterior.deviation()[k] * epsilon;
            }
        }
    }
}
