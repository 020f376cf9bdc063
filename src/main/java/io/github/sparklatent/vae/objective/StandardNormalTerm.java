package io.github.sparklatent.vae.objective;

import io.github.sparklatent.vae.latent.CodeSamples;
import io.github.sparklatent.vae.latent.GaussianPosterior;
import io.github.sparklatent.vae.latent.RowBatch;
import java.util.Arrays;

/**
 * β KL(q(z|x) || N(0, I)), in closed form. β of a latent dimension is 0 if its divergence, averaged
 * over the batch, is within the free bits: the derivative of β Σ_j max(λ, KL_j) (Kingma et al.
 * 2016, eq. 15).
 */
final class StandardNormalTerm implements PriorTerm {
    private final VariationalOptions options;
    private final double[] klWeights;
    private GaussianPosterior posterior;

    StandardNormalTerm(VariationalOptions options, int latent) {
        this.options = options;
        this.klWeights = new double[latent];
    }

    /** Returns β of each latent dimension in the current batch. */
    double[] klWeights() {
        return klWeights;
    }

    @Override
    public void begin(RowBatch batch, GaussianPosterior encoded, CodeSamples samples) {
        posterior = encoded;
        if (batch.isTraining()) {
            weigh(batch);
        }
    }

    private void weigh(RowBatch batch) {
        Arrays.fill(klWeights, options.betaAt(batch.epochs()));
        for (int j = 0; options.freeBits() > 0 && j < klWeights.length; j++) {
            double mean = 0;
            for (int i = 0; i < posterior.rows(); i++) {
                mean += batch.shares()[i] * posterior.divergence(i, j);
            }
            klWeights[j] = mean > options.freeBits() ? klWeights[j] : 0;
        }
    }

    @Override
    public void backwardHeads(RowBatch batch, GaussianPosterior encoded, float[] gradient) {
        encoded.addDivergence(batch.shares(), klWeights);
    }

    @Override
    public double divergence(int row) {
        return posterior.divergence(row);
    }
}
