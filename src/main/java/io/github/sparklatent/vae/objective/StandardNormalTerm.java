package io.github.sparklatent.vae.objective;

import io.github.sparklatent.vae.latent.CodeSamples;
import io.github.sparklatent.vae.latent.GaussianPosterior;
import io.github.sparklatent.vae.latent.RowBatch;
import java.util.Arrays;

/**
 * The term β KL(q(z|x) || N(0, I)) of the loss, in nats, in closed form. With free bits λ, the term is β Σ_j max(λ,
 * KL_j), where KL_j is the divergence in latent dimension j, averaged over the batch (Kingma et al. 2016, eq. 15). If
 * KL_j is at most λ, the derivative of its part is 0; so the weight β of this dimension is set to 0.
 */
final class StandardNormalTerm implements PriorTerm {
    private final VariationalOptions options;
    private final double[] klWeights;
    private GaussianPosterior posterior;

    StandardNormalTerm(VariationalOptions options, int latent) {
        this.options = options;
        this.klWeights = new double[latent];
    }

    /** Returns the weight of the divergence in each latent dimension for the current batch: β or 0, l numbers. */
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
    public double weight() {
        return options.beta();
    }

    @Override
    public double divergence(int row) {
        return posterior.divergence(row);
    }
}
