package io.github.sparklatent.vae.objective;

import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.vae.latent.CodeSamples;
import io.github.sparklatent.vae.latent.Posterior;
import io.github.sparklatent.vae.latent.RowBatch;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.model.Networks;
import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;

/**
 * The step of a bound: encode, draw L codes of each row, or of each component of its posterior, and differentiate −ELBO
 * through z = μ + L ε, where ε does not depend on the parameters (Kingma and Welling 2014, eq. 7):
 *
 * <pre>
 *   loss_i = −1/L Σ_s Σ_k α_ik log p(x_i | z_iks) + the prior's term
 * </pre>
 *
 * α is 1 of a posterior that is one Gaussian for each row. A subclass has another estimator of the gradient.
 */
class BoundStep implements NetworkObjective.Step {
    /** Posterior and samples of a model, which its prior term is built for, and the products of its networks. */
    record Codes(Posterior posterior, CodeSamples samples, FloatProducts products) {
        /**
         * Creates the buffers of one task.
         *
         * @param maxRows largest number of rows of a batch
         * @param count L, the number of samples of each row or component
         */
        static Codes of(Kind kind, Networks networks, int maxRows, int count) {
            FloatProducts products = new FloatProducts();
            Posterior posterior = Posterior.of(kind.posterior(), networks, maxRows, products);
            return new Codes(posterior, new CodeSamples(networks, posterior.capacity(), count, products), products);
        }
    }

    final Posterior posterior;
    final CodeSamples samples;
    final PriorTerm term;
    final BoundStage stage;

    /** L, the number of samples of each row or component. */
    final int count;

    /** Factors by which the derivatives of log p(x_i | z_is) enter the gradient of the loss, sample by sample. */
    final float[] scale;

    private final double[] density;

    /**
     * Creates the buffers of one task.
     *
     * @param stage stage of the training, which determines the derivatives that are computed
     */
    BoundStep(Codes codes, PriorTerm term, BoundStage stage) {
        this.posterior = codes.posterior();
        this.samples = codes.samples();
        this.term = term;
        this.stage = stage;
        this.count = samples.capacity();
        this.scale = new float[posterior.capacity() * count];
        this.density = new double[posterior.capacity()];
    }

    @Override
    public void gradient(RowBatch batch, float[] gradient) {
        begin(batch);
        posterior.clear();
        int n = posterior.rows();
        for (int at = 0; at < n * count; at++) {
            double share = batch.shares()[at % posterior.batch()];
            scale[at] = (float) -(share * posterior.weight(at % n) / count);
        }
        differentiate(batch, gradient);
        if (stage.movesEncoder()) {
            posterior.backward(batch.parameters(), batch.complete(gradient));
        }
        sum();
    }

    /**
     * Adds the derivatives of the loss with respect to the posterior's heads (the encoder's outputs, from which μ and σ
     * are computed), and writes the derivatives with respect to the parameters of the decoder and the prior, of what
     * the stage updates. Before the call, the batch is encoded and its samples of z are drawn, but they are not
     * decoded. After the call, all samples are decoded.
     *
     * @param gradient derivatives with respect to all parameters; the parts of the decoder and the prior are
     *     overwritten
     */
    void differentiate(RowBatch batch, float[] gradient) {
        for (int next = 0; next < count; ) {
            next = decode(batch, next);
            FMatrixRMaj codes = backward(batch, gradient);
            if (stage.movesEncoder()) {
                term.backwardCodes(batch, samples, codes, gradient);
                samples.toHeads(codes, posterior.headGradient());
            }
        }
        if (stage.movesEncoder()) {
            term.backwardHeads(batch, samples, gradient);
        }
    }

    private int decode(RowBatch batch, int from) {
        int next = samples.decode(batch.parameters(), batch.target(), from);
        term.decoded(samples);
        return next;
    }

    /** Propagates {@link #scale} of the samples decoded last. Returns the codes' derivatives, if the encoder moves. */
    final FMatrixRMaj backward(RowBatch batch, float[] gradient) {
        return samples.backward(batch, scale, stage.ofDecoder(gradient), stage.movesEncoder());
    }

    @Override
    public void evaluate(RowBatch batch) {
        begin(batch);
        for (int next = 0; next < count; ) {
            next = decode(batch, next);
        }
        sum();
    }

    private void begin(RowBatch batch) {
        posterior.encode(batch.parameters(), batch.input());
        samples.draw(posterior, posterior.streams(batch.streams(Purpose.LATENT_NOISE)), count);
        term.begin(batch.parameters(), batch.input());
        term.drawn(batch, samples);
    }

    private void sum() {
        Arrays.fill(density, 0);
        samples.addDensity(density);
        term.addDivergence(samples);
    }

    /** Returns the loss of a row in nats. {@code weighted}: −log p(x|z) of the row plus β times its divergence. */
    double loss(int row, double weighted) {
        return weighted;
    }

    @Override
    public void measure(int row, double[] measures) {
        double reconstruction = -(density[row] / count);
        double divergence = term.divergence(row);
        measures[0] = loss(row, reconstruction + term.weight() * divergence);
        measures[1] = reconstruction;
        measures[2] = divergence;
    }
}
