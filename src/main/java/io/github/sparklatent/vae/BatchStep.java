package io.github.sparklatent.vae;

import org.ejml.data.FMatrixRMaj;

/**
 * One batch on its way through a variational autoencoder, as the estimators of its gradient see it.
 *
 * @param parameters of the networks. Not modified.
 * @param target n × d, what is to be given back. Not modified.
 * @param shares w_i / Σ w of each row
 * @param pressure weight of the divergence of each latent dimension: β, or 0 where its bits are
 *     free
 * @param posterior of the rows, encoded
 * @param samples drawn from it, not yet decoded
 * @param headGradient n × 2l, of the posterior's heads; added to
 * @param gradient of all parameters; written over
 */
record BatchStep(
        float[] parameters,
        FMatrixRMaj target,
        float[] shares,
        double[] pressure,
        Posterior posterior,
        CodeSamples samples,
        FMatrixRMaj headGradient,
        float[] gradient) {
    /** n. */
    int rows() {
        return target.numRows;
    }

    /** l. */
    int latent() {
        return posterior.latent();
    }
}
