package io.github.sparklatent.vae.objective;

import io.github.sparklatent.vae.latent.CodeSamples;
import io.github.sparklatent.vae.latent.GaussianPosterior;
import io.github.sparklatent.vae.latent.RowBatch;
import org.ejml.data.FMatrixRMaj;

/**
 * The divergence of a Gaussian posterior from a prior, as a part of −ELBO, with the other terms of the loss that depend
 * on the prior. An object holds the buffers of one task. A batch is encoded and all its samples are drawn before
 * {@link #begin}.
 */
interface PriorTerm {
    /** Starts a batch. */
    void begin(RowBatch batch, GaussianPosterior posterior, CodeSamples samples);

    /** Reads the samples that were decoded last. */
    default void decoded(RowBatch batch, CodeSamples samples) {}

    /**
     * Adds the derivative with respect to the codes that were decoded last.
     *
     * @param codeGradient m n × l. Added to.
     * @param gradient derivatives with respect to all parameters; the parts of prior and classifier are changed
     */
    default void backwardCodes(RowBatch batch, CodeSamples samples, FMatrixRMaj codeGradient, float[] gradient) {}

    /**
     * Adds the derivative with respect to the outputs of the posterior's heads, and completes the derivative with
     * respect to the prior's parameters.
     *
     * @param gradient derivatives with respect to all parameters; the prior's part is changed
     */
    void backwardHeads(RowBatch batch, GaussianPosterior posterior, float[] gradient);

    /** Returns β, the weight of the divergence in the loss after any warm-up. */
    default double weight() {
        return 1;
    }

    /** Returns the divergence of a row, in nats, without the effect of options that only training uses. */
    double divergence(int row);

    /** The term β KL(q(z|x) || N(0, I)) of the loss, in nats, in closed form. */
    static final class StandardNormalTerm implements PriorTerm {
        private final VariationalOptions options;
        private double klWeight;
        private GaussianPosterior posterior;

        StandardNormalTerm(VariationalOptions options) {
            this.options = options;
        }

        /** Returns β for the current batch. */
        double klWeight() {
            return klWeight;
        }

        @Override
        public void begin(RowBatch batch, GaussianPosterior encoded, CodeSamples samples) {
            posterior = encoded;
            if (batch.isTraining()) {
                klWeight = options.betaAt(batch.epochs());
            }
        }

        @Override
        public void backwardHeads(RowBatch batch, GaussianPosterior encoded, float[] gradient) {
            encoded.addDivergence(batch.shares(), klWeight);
        }

        @Override
        public double weight() {
            return options.beta();
        }

        @Override
        public double divergence(int row) {
            return posterior.divergence(row);
        }
    }
}
