package io.github.sparklatent.vae;

import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.Shares;
import io.github.sparklatent.learn.StochasticObjective;
import io.github.sparklatent.linalg.FloatProducts;
import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;

/**
 * The gradient and the measures of {@link MixtureVariationalObjective}, with the buffers of one
 * task.
 *
 * <pre>
 *   loss_i = −Σ_k α_ik 1/L Σ_s f_iks,   f = log p(x|z) − β (log q(z|x) − log p(z)),   z = μ_k + σ ε
 * </pre>
 *
 * The derivative goes through α_k, through z, and through the parameters of log q and log p.
 */
final class MixtureVariationalWorker implements StochasticObjective.Worker {
    private final VariationalOptions options;
    private final MixtureStage stage;
    private final RowStreams streams;
    private final Seen seen = new Seen();
    private final StratifiedSamples strata;
    private final MixturePosterior posterior;
    private final CodeSamples samples;
    private final float[] shares;
    private final float[] scale;
    private final double[] weights;
    private final double[] opposite;
    private final double[] slopes;
    private final double[] reconstruction;
    private final double[] divergence;

    MixtureVariationalWorker(
            Networks networks, VariationalOptions options, MixtureStage stage, int maxRows) {
        this.options = options;
        this.stage = stage;
        this.streams = new RowStreams(maxRows, networks.inputs());
        FloatProducts products = new FloatProducts();
        this.strata = new StratifiedSamples(networks, maxRows, products);
        this.posterior = strata.posterior();
        int codes = posterior.components() * maxRows;
        this.samples = new CodeSamples(networks, codes, options.samples(), products);
        this.shares = new float[maxRows];
        this.scale = new float[codes * options.samples()];
        this.weights = new double[codes * options.samples()];
        this.opposite = new double[codes * options.samples()];
        this.slopes = new double[codes];
        this.reconstruction = new double[maxRows];
        this.divergence = new double[maxRows];
    }

    @Override
    public void gradient(
            float[] parameters,
            FMatrixRMaj rows,
            float[] rowWeights,
            StochasticObjective.Position position,
            float[] gradient,
            double[] sums) {
        seen.trained(rows, options.binarize(), options.corruption(), streams, position.key());
        posterior.encode(parameters, seen.input());
        samples.draw(
                posterior,
                strata.strata(streams.ofBatch(position.key(), Purpose.LATENT_NOISE)),
                options.samples());
        strata.expect(options.samples());
        Shares.of(rowWeights, rows.numRows, shares);
        double beta = options.betaAt(position.passes());
        weigh(beta);
        strata.prior().clear(gradient);
        posterior.clearGradient();
        int next = 0;
        while (next < options.samples()) {
            next = samples.decode(parameters, posterior, seen.target(), next);
            goBack(parameters, gradient);
        }
        if (stage.movesEncoder()) {
            addWeightGradient(beta);
            posterior.backward(parameters, gradient);
        }
        measure(rowWeights, sums);
    }

    /** What each log p(x|z), log p(z) and log q(z|x) counts in the loss of the batch. */
    private void weigh(double beta) {
        int n = posterior.batch();
        int rows = posterior.rows();
        for (int r = 0; r < rows * options.samples(); r++) {
            double weight = shares[r % n] * posterior.weights().data[r % rows] / options.samples();
            scale[r] = (float) -weight;
            weights[r] = beta * weight;
            opposite[r] = -beta * weight;
        }
    }

    /** Through the samples of the last pass. */
    private void goBack(float[] parameters, float[] gradient) {
        FMatrixRMaj codes = samples.codes();
        FMatrixRMaj codeGradient =
                samples.backward(parameters, seen.target(), scale, gradient, stage.movesEncoder());
        strata.measure(parameters, codes, samples.first());
        if (stage.movesEncoder()) {
            int at = samples.first() * posterior.rows();
            strata.prior().addGradient(codes, opposite, at, codeGradient, gradient);
            posterior.addGradient(codes, weights, at, codeGradient);
            samples.toHeads(codeGradient, posterior, posterior.proposalGradient());
        }
    }

    /** By way of α: ∂loss_i/∂α_ik = −1/L Σ_s f_iks. */
    private void addWeightGradient(double beta) {
        int n = posterior.batch();
        for (int row = 0; row < posterior.rows(); row++) {
            double sum = 0;
            for (int s = 0; s < options.samples(); s++) {
                sum += samples.density(posterior, row, s) - beta * strata.logRatio(row, s);
            }
            slopes[row] = -shares[row % n] * sum / options.samples();
        }
        posterior.addWeightGradient(slopes);
    }

    @Override
    public void evaluate(float[] parameters, FMatrixRMaj rows, float[] rowWeights, double[] sums) {
        seen.judged(rows, options.binarize(), streams, 0);
        posterior.encode(parameters, seen.input());
        samples.draw(
                posterior,
                strata.strata(streams.ofContent(rows, 0, Purpose.LATENT_NOISE)),
                options.samples());
        samples.decodeAll(parameters, posterior, seen.target());
        strata.measureAll(parameters, samples);
        measure(rowWeights, sums);
    }

    private void measure(float[] rowWeights, double[] sums) {
        Arrays.fill(reconstruction, 0);
        Arrays.fill(divergence, 0);
        strata.add(samples, reconstruction, divergence);
        for (int i = 0; i < posterior.batch(); i++) {
            double weight = rowWeights[i] / (double) options.samples();
            sums[0] += weight * (reconstruction[i] + divergence[i]);
            sums[1] += weight * reconstruction[i];
            sums[2] += weight * divergence[i];
        }
    }
}
