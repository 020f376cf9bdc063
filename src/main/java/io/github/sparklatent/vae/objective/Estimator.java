package io.github.sparklatent.vae.objective;

import io.github.sparklatent.vae.latent.CodeSamples;
import io.github.sparklatent.vae.latent.GaussianPosterior;
import io.github.sparklatent.vae.latent.RowBatch;
import org.ejml.data.FMatrixRMaj;

/** An estimator of the gradient of the bound, for models with a Gaussian posterior q(z|x). Used by one thread. */
interface Estimator {
    /**
     * Adds the derivatives of the loss with respect to the posterior's heads (the encoder's outputs, from which μ and σ
     * are computed), and writes the derivatives with respect to the parameters of the decoder and the prior, of what
     * the stage updates. Before the call, the batch is encoded and its samples of z are drawn, but they are not
     * decoded. After the call, all samples are decoded.
     *
     * @param gradient derivatives with respect to all parameters; the parts of the decoder and the prior are
     *     overwritten
     */
    void differentiate(RowBatch batch, GaussianPosterior posterior, CodeSamples samples, float[] gradient);

    /**
     * Returns the loss of a row: the bound that training raises, times −1, in nats. All samples of the row must be
     * decoded.
     *
     * @param weighted −log p(x|z) of the row plus β times its divergence, in nats
     */
    default double loss(GaussianPosterior posterior, CodeSamples samples, int row, double weighted) {
        return weighted;
    }

    /**
     * Writes the factors by which the derivatives of log p(x_i | z_is) enter the gradient of the loss: −share_i / L for
     * sample s of row i, at the index s·n + i. share_i is the weight of row i as a share of the batch's total, L is the
     * number of samples of each row, and n is the number of rows.
     *
     * @param scale factors, at least n·L numbers. Modified.
     */
    static void fillScale(RowBatch batch, CodeSamples samples, float[] scale) {
        for (int at = 0; at < samples.samples() * batch.size(); at++) {
            scale[at] = -batch.shares()[at % batch.size()] / samples.samples();
        }
    }

    /**
     * Differentiates −ELBO through z = μ + L ε, where ε does not depend on the parameters (Kingma and Welling 2014, eq.
     * 7):
     *
     * <pre>
     *   loss_i = −1/L Σ_s log p(x_i | z_is) + the prior's term
     * </pre>
     */
    final class Reparameterized implements Estimator {
        private final PriorTerm term;
        private final BoundStage stage;
        private final float[] scale;

        Reparameterized(PriorTerm term, BoundStage stage, int maxRows, int samples) {
            this.term = term;
            this.stage = stage;
            this.scale = new float[maxRows * samples];
        }

        @Override
        public void differentiate(RowBatch batch, GaussianPosterior posterior, CodeSamples samples, float[] gradient) {
            fillScale(batch, samples, scale);
            int next = 0;
            while (next < samples.samples()) {
                next = samples.decode(batch.parameters(), batch.target(), next);
                term.decoded(batch, samples);
                FMatrixRMaj codes = samples.backward(
                        batch.parameters(), batch.target(), scale, stage.ofDecoder(gradient), stage.movesEncoder());
                if (stage.movesEncoder()) {
                    term.backwardCodes(batch, samples, codes, gradient);
                    samples.toHeads(codes, posterior.headGradient());
                }
            }
            term.backwardHeads(batch, posterior, gradient);
        }
    }
}
