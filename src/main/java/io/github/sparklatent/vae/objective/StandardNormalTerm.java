package io.github.sparklatent.vae.objective;

import io.github.sparklatent.vae.latent.CodeSamples;
import io.github.sparklatent.vae.latent.GaussianPosterior;
import io.github.sparklatent.vae.latent.RowBatch;

/** The term β KL(q(z|x) || N(0, I)) of the loss, in nats, in closed form. */
final class StandardNormalTerm implements PriorTerm {
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
