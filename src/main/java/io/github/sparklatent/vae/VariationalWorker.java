package io.github.sparklatent.vae;

import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.Shares;
import io.github.sparklatent.learn.StochasticObjective;
import io.github.sparklatent.linalg.FloatProducts;
import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;

/** The gradient and the measures of {@link VariationalObjective}, with the buffers of one task. */
final class VariationalWorker implements StochasticObjective.Worker {
    private final VariationalOptions options;
    private final RowStreams streams;
    private final Seen seen = new Seen();
    private final Posterior posterior;
    private final CodeSamples samples;
    private final Estimator estimator;
    private final LogMeanExp importance;
    private final float[] shares;
    private final double[] pressure;

    VariationalWorker(Networks networks, VariationalOptions options, int maxRows) {
        this.options = options;
        this.streams = new RowStreams(maxRows, networks.inputs());
        FloatProducts products = new FloatProducts();
        this.posterior = new Posterior(networks, maxRows, products);
        this.samples = new CodeSamples(networks, maxRows, options.samples(), products);
        this.estimator = estimator(options, maxRows);
        this.importance = new LogMeanExp(maxRows);
        this.shares = new float[maxRows];
        this.pressure = new double[posterior.latent()];
    }

    private static Estimator estimator(VariationalOptions options, int maxRows) {
        if (options.bound() == Bound.IWAE) {
            return new ImportanceWeighted(maxRows, options.samples());
        }
        return switch (options.gradient()) {
            case REPARAMETERIZED -> new Reparameterized(maxRows, options.samples());
            case SCORE_FUNCTION -> new ScoreFunction(maxRows, options.samples());
        };
    }

    @Override
    public void gradient(
            float[] parameters,
            FMatrixRMaj rows,
            float[] weights,
            StochasticObjective.Position position,
            float[] gradient,
            double[] sums) {
        seen.trained(rows, options.binarize(), options.corruption(), streams, position.key());
        posterior.encode(parameters, seen.input());
        samples.draw(
                posterior,
                streams.ofBatch(position.key(), Purpose.LATENT_NOISE),
                options.samples());
        Shares.of(weights, rows.numRows, shares);
        press(options.betaAt(position.passes()));
        estimator.differentiate(
                new BatchStep(
                        parameters,
                        seen.target(),
                        shares,
                        pressure,
                        posterior,
                        samples,
                        posterior.clearGradient(),
                        gradient));
        posterior.backward(parameters, gradient);
        measure(weights, sums);
    }

    @Override
    public void evaluate(float[] parameters, FMatrixRMaj rows, float[] weights, double[] sums) {
        seen.judged(rows, options.binarize(), streams, 0);
        posterior.encode(parameters, seen.input());
        samples.draw(
                posterior, streams.ofContent(rows, 0, Purpose.LATENT_NOISE), options.samples());
        samples.decodeAll(parameters, posterior, seen.target());
        measure(weights, sums);
    }

    /**
     * β for each latent dimension; 0 where its divergence, averaged over the batch, is within the
     * free bits: the derivative of β Σ_j max(λ, KL_j) (Kingma et al. 2016, eq. 15).
     */
    private void press(double beta) {
        Arrays.fill(pressure, beta);
        for (int j = 0; options.freeBits() > 0 && j < pressure.length; j++) {
            double mean = 0;
            for (int i = 0; i < posterior.rows(); i++) {
                mean += shares[i] * posterior.divergence(i, j);
            }
            pressure[j] = mean > options.freeBits() ? beta : 0;
        }
    }

    private void measure(float[] weights, double[] sums) {
        boolean weighted = options.bound() == Bound.IWAE;
        if (weighted) {
            importance.clear();
            samples.addImportance(posterior, importance);
        }
        for (int i = 0; i < posterior.rows(); i++) {
            double reconstruction = -samples.meanDensity(posterior, i);
            double divergence = posterior.divergence(i);
            double loss = weighted ? -importance.value(i) : reconstruction + divergence;
            sums[0] += weights[i] * loss;
            sums[1] += weights[i] * reconstruction;
            sums[2] += weights[i] * divergence;
        }
    }
}
