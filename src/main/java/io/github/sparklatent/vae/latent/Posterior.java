package io.github.sparklatent.vae.latent;

import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.nn.Gradient;
import io.github.sparklatent.nn.Layer;
import io.github.sparklatent.vae.model.Networks;
import io.github.sparklatent.vae.model.PosteriorFamily;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * q(z|x) of each row of a batch, from the outputs of the encoder, and its gradient. If q(z|x) is a mixture, this
 * proposal has a row for each of its components. An object holds the buffers of one task, besides those of the encoder.
 */
public abstract class Posterior extends Proposal {
    final Layer.Worker encoder;
    final FMatrixRMaj headGradient = new FMatrixRMaj(0, 0);
    final int heads;
    private final RandomGenerator[] streams;

    Posterior(Networks networks, int maxRows, int components, int belowDiagonal, FloatProducts products) {
        super(networks.latent(), components * maxRows, belowDiagonal);
        this.heads = 2 * latent + belowDiagonal;
        this.encoder = networks.encoder().worker(maxRows, 0, products);
        this.streams = new RandomGenerator[components * maxRows];
    }

    /**
     * Creates the buffers of one task.
     *
     * @param maxRows largest number of rows of a batch
     * @param products matrix products, whose buffers the networks of the task share
     */
    public static Posterior of(PosteriorFamily family, Networks networks, int maxRows, FloatProducts products) {
        return family == PosteriorFamily.GAUSSIAN_MIXTURE
                ? new MixturePosterior(networks, maxRows, products)
                : new GaussianPosterior(networks, maxRows, products);
    }

    /** Encodes a batch, n × d, which is kept until the next one. */
    public abstract void encode(float[] parameters, FMatrixRMaj input);

    /** Sets all derivatives of the batch to 0, in training: before any is added. */
    public void clear() {
        headGradient.reshape(rows, heads);
        headGradient.zero();
    }

    /**
     * Writes the mean of q(z|x) of each row of the batch.
     *
     * @param to l columns. Modified.
     * @param at row of {@code to} that the first mean is written to
     */
    public abstract void means(FMatrixRMaj to, int at);

    /**
     * Writes the variance of each latent variable.
     *
     * @param to l columns. Modified.
     * @param at row of {@code to} that the first variances are written to
     */
    public abstract void variances(FMatrixRMaj to, int at);

    /**
     * Draws a code of q(z|x) for each row of the batch.
     *
     * @param random a stream for each row
     * @param codes n × l, overwritten
     */
    public abstract void draw(RandomGenerator[] random, FMatrixRMaj codes);

    /**
     * Returns the streams of the proposal's rows; the array is a buffer.
     *
     * @param ofRows a stream for each row of the batch
     */
    public final RandomGenerator[] streams(RandomGenerator[] ofRows) {
        for (int row = 0; row < rows; row++) {
            streams[row] = ofRows[row % batch()];
        }
        return streams;
    }

    /**
     * Returns the derivative of the loss by μ and log σ² of each row of the proposal, to be added to: columns 0 to l −
     * 1 for μ, l to 2l − 1 for log σ², then those for L below its diagonal.
     */
    public final FMatrixRMaj headGradient() {
        return headGradient;
    }

    /**
     * Propagates all derivatives that were added back through the encoder.
     *
     * @param gradient destination of the encoder's derivatives
     */
    public abstract void backward(float[] parameters, Gradient gradient);
}
