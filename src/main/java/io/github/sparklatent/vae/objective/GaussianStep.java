package io.github.sparklatent.vae.objective;

import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.vae.latent.CodeSamples;
import io.github.sparklatent.vae.latent.GaussianPosterior;
import io.github.sparklatent.vae.latent.RowBatch;
import io.github.sparklatent.vae.model.Networks;

/**
 * The step of a bound whose posterior is one Gaussian for each row: encode, draw L codes of each row, differentiate by
 * an estimator.
 *
 * @param posterior posterior of the rows
 * @param samples samples of the codes
 * @param count L, the number of samples of each row
 * @param term term of the prior
 * @param estimator estimator of the gradient
 * @param stage stage of the training, which determines the derivatives that are computed
 */
record GaussianStep(
        GaussianPosterior posterior,
        CodeSamples samples,
        int count,
        PriorTerm term,
        Estimator estimator,
        BoundStage stage)
        implements NetworkObjective.Step {
    /** Posterior and samples of a model, which its prior term is built for. */
    record Codes(GaussianPosterior posterior, CodeSamples samples, FloatProducts products) {
        /**
         * Creates the buffers of one task.
         *
         * @param maxRows largest number of rows of a batch
         * @param count L, the number of samples of each row
         */
        static Codes of(Networks networks, int maxRows, int count) {
            FloatProducts products = new FloatProducts();
            return new Codes(
                    new GaussianPosterior(networks, maxRows, products),
                    new CodeSamples(networks, maxRows, count, products),
                    products);
        }
    }

    @Override
    public void gradient(RowBatch batch, float[] gradient) {
        encode(batch);
        estimator.differentiate(batch, posterior, samples, gradient);
        if (stage.movesEncoder()) {
            posterior.backward(batch.parameters(), gradient);
        }
    }

    @Override
    public void evaluate(RowBatch batch) {
        encode(batch);
        int next = 0;
        while (next < count) {
            next = samples.decode(batch.parameters(), batch.target(), next);
            term.decoded(batch, samples);
        }
    }

    private void encode(RowBatch batch) {
        posterior.encode(batch.parameters(), batch.input());
        samples.draw(posterior, batch.noise(), count);
        term.begin(batch, posterior, samples);
    }

    @Override
    public void measure(int row, double[] measures) {
        double reconstruction = -samples.meanDensity(row);
        double divergence = term.divergence(row);
        double weighted = reconstruction + term.weight() * divergence;
        measures[0] = estimator.loss(posterior, samples, row, weighted);
        measures[1] = reconstruction;
        measures[2] = divergence;
    }
}
