package io.github.sparklatent.vae.objective;

import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.vae.latent.CodeSamples;
import io.github.sparklatent.vae.latent.MixturePosterior;
import io.github.sparklatent.vae.latent.RowBatch;
import io.github.sparklatent.vae.latent.StratifiedSamples;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.model.Networks;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.FMatrixRMaj;

/**
 * The loss of a variational autoencoder whose prior and posterior are mixtures: minus the stratified bound (Morningstar
 * et al., Automatic Differentiation Variational Inference with Mixtures, 2021, eq. 9).
 *
 * <pre>
 *   p(z) = Σ_k π_k N(z; m_k, diag s_k²),   q(z|x) = Σ_k α_k(x) N(z; μ_k(x), diag σ²(x))
 *   ELBO = Σ_k α_k E_{z ~ q_k} [ f ],   f = log p(x|z) + β (log p(z) − log q(z|x))
 * </pre>
 *
 * The sum over k is exact. Each expectation is the mean over L samples z = μ_k + σ ε, so K L codes of a row are
 * decoded. The gradient goes through α_k, through z, and through the parameters of log q and log p. The measures are
 * this loss and the parts of −ELBO; {@code kl} is an estimate and may be negative. All stages have the same loss, so
 * that they share one curve: if only the decoder is updated, the loss falls by as much as the reconstruction term.
 *
 * <p>Memory of a worker: that of {@link VariationalObjective} for batches of K n rows, the encoder for n rows, and
 * three times K² L n doubles for the codes that are decoded together.
 */
public final class MixtureVariationalObjective extends NetworkObjective {
    private final VariationalOptions options;
    private final BoundStage stage;

    /**
     * Creates the loss.
     *
     * @param stage stage of the training, which determines the parameters that are updated
     * @throws IllegalArgumentException for another bound or gradient than the default
     */
    public MixtureVariationalObjective(Architecture architecture, VariationalOptions options, BoundStage stage) {
        super(Kind.MIXTURE, architecture, options.binarize(), options.corruption(), BOUND);
        options.requirePlain(Kind.MIXTURE);
        this.options = options;
        this.stage = stage;
    }

    @Override
    public List<ParameterGroup> parameterGroups() {
        return stage.groups(networks());
    }

    @Override
    Step step(int maxRows) {
        return new StratifiedStep(networks(), options, stage, maxRows);
    }

    private static final class StratifiedStep implements Step {
        private final VariationalOptions options;
        private final BoundStage stage;
        private final StratifiedSamples strata;
        private final MixturePosterior posterior;
        private final CodeSamples samples;
        private final float[] scale;
        private final double[] weights;
        private final double[] opposite;
        private final double[] slopes;
        private final double[] reconstruction;
        private final double[] divergence;

        StratifiedStep(Networks networks, VariationalOptions options, BoundStage stage, int maxRows) {
            this.options = options;
            this.stage = stage;
            FloatProducts products = new FloatProducts();
            this.strata = new StratifiedSamples(networks, maxRows, products);
            this.posterior = strata.posterior();
            int codes = posterior.components() * maxRows;
            this.samples = new CodeSamples(networks, codes, options.samples(), products);
            this.scale = new float[codes * options.samples()];
            this.weights = new double[codes * options.samples()];
            this.opposite = new double[codes * options.samples()];
            this.slopes = new double[codes];
            this.reconstruction = new double[maxRows];
            this.divergence = new double[maxRows];
        }

        private void draw(RowBatch batch) {
            posterior.encode(batch.parameters(), batch.input());
            samples.draw(posterior, strata.strata(batch.noise()), options.samples());
        }

        @Override
        public void gradient(RowBatch batch, float[] gradient) {
            draw(batch);
            strata.expect(options.samples());
            double beta = options.betaAt(batch.epochs());
            computeWeights(batch.shares(), beta);
            if (stage.movesEncoder()) {
                strata.prior().clear(gradient);
                posterior.clearGradient();
            }
            int next = 0;
            while (next < options.samples()) {
                next = samples.decode(batch.parameters(), batch.target(), next);
                backward(batch, gradient);
            }
            if (stage.movesEncoder()) {
                addWeightGradient(batch.shares(), beta);
                posterior.backward(batch.parameters(), gradient);
            }
            sumMeasures();
        }

        /** Computes the factors of each log p(x|z), log p(z) and log q(z|x) in the loss. */
        private void computeWeights(float[] shares, double beta) {
            int rows = posterior.rows();
            for (int r = 0; r < rows * options.samples(); r++) {
                double alpha = posterior.weights().data[r % rows];
                double weight = shares[r % posterior.batch()] * alpha / options.samples();
                scale[r] = (float) -weight;
                weights[r] = beta * weight;
                opposite[r] = -beta * weight;
            }
        }

        /** Propagates the gradient of the samples that were decoded last. */
        private void backward(RowBatch batch, float[] gradient) {
            boolean encoder = stage.movesEncoder();
            FMatrixRMaj codes = samples.codes();
            FMatrixRMaj codeGradient =
                    samples.backward(batch.parameters(), batch.target(), scale, stage.ofDecoder(gradient), encoder);
            strata.measure(batch.parameters(), codes, samples.first());
            if (encoder) {
                int at = samples.first() * posterior.rows();
                strata.prior().addGradient(codes, opposite, at, codeGradient, gradient);
                posterior.addGradient(codes, weights, at, codeGradient);
                samples.toHeads(codeGradient, posterior.proposalGradient());
            }
        }

        /** Adds the gradient through α: ∂loss_i/∂α_ik = −1/L Σ_s f_iks. */
        private void addWeightGradient(float[] shares, double beta) {
            for (int row = 0; row < posterior.rows(); row++) {
                double sum = 0;
                for (int s = 0; s < options.samples(); s++) {
                    sum += samples.density(row, s) - beta * strata.logRatio(row, s);
                }
                slopes[row] = -shares[row % posterior.batch()] * sum / options.samples();
            }
            posterior.addWeightGradient(slopes);
        }

        @Override
        public void evaluate(RowBatch batch) {
            draw(batch);
            samples.decodeAll(batch.parameters(), batch.target());
            strata.measureAll(batch.parameters(), samples);
            sumMeasures();
        }

        private void sumMeasures() {
            Arrays.fill(reconstruction, 0);
            Arrays.fill(divergence, 0);
            strata.add(samples, reconstruction, divergence);
        }

        @Override
        public void measure(int row, double[] measures) {
            measures[1] = reconstruction[row] / options.samples();
            measures[2] = divergence[row] / options.samples();
            measures[0] = measures[1] + options.beta() * measures[2];
        }
    }
}
