package io.github.sparklatent.vae.objective;

import io.github.sparklatent.vae.latent.CodeSamples;
import io.github.sparklatent.vae.latent.GaussianPosterior;
import io.github.sparklatent.vae.latent.RowBatch;
import org.ejml.data.FMatrixRMaj;

/**
 * A way to differentiate the bound of a Gaussian posterior. The batch is encoded, its samples are
 * drawn and not yet decoded; afterwards all of them are decoded. Used by one thread.
 */
interface Estimator {
    /**
     * Adds the gradient of the loss at the posterior's heads, and writes those of decoder and
     * prior.
     */
    void differentiate(
            RowBatch batch, GaussianPosterior posterior, CodeSamples samples, float[] gradient);

    /**
     * Returns minus the bound that training raises, of a row whose samples are all decoded.
     *
     * @param negativeElbo −ELBO of the row
     */
    default double loss(
            GaussianPosterior posterior, CodeSamples samples, int row, double negativeElbo) {
        return negativeElbo;
    }

    /** Writes −share_i / L for each sample s of row i, at s n + i. */
    static void fillScale(RowBatch batch, CodeSamples samples, float[] scale) {
        for (int at = 0; at < samples.samples() * batch.size(); at++) {
            scale[at] = -batch.shares()[at % batch.size()] / samples.samples();
        }
    }

    /**
     * The gradient of −ELBO through z = μ + σ ε (Kingma and Welling 2014, eq. 7):
     *
     * <pre>
     *   loss_i = −1/L Σ_s log p(x_i | z_is) + the prior's term
     * </pre>
     */
    final class Reparameterized implements Estimator {
        private final PriorTerm term;
        private final float[] scale;

        Reparameterized(PriorTerm term, int maxRows, int samples) {
            this.term = term;
            this.scale = new float[maxRows * samples];
        }

        @Override
        public void differentiate(
                RowBatch batch,
                GaussianPosterior posterior,
                CodeSamples samples,
                float[] gradient) {
            fillScale(batch, samples, scale);
            int next = 0;
            while (next < samples.samples()) {
                next = samples.decode(batch.parameters(), batch.target(), next);
                term.decoded(batch, samples);
                FMatrixRMaj codes =
                        samples.backward(batch.parameters(), batch.target(), scale, gradient, true);
                term.backwardCodes(batch, samples, codes, gradient);
                samples.toHeads(codes, posterior.headGradient());
            }
            term.backwardHeads(batch, posterior, gradient);
        }
    }
}
