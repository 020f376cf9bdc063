package io.github.sparklatent.vae.latent;

import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.nn.Gradient;
import io.github.sparklatent.nn.Layer;
import io.github.sparklatent.nn.likelihood.Decoder;
import io.github.sparklatent.vae.model.Networks;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * L samples of z for each row of a proposal, and the densities of the batch under them. As many samples as fit
 * {@link #MAX_CODES} and {@link #MAX_FLOATS} are decoded together, at least one of each row.
 *
 * <p>Holds codes and repeated rows of the samples that are decoded together (m n × l and m n × d, where m is at most
 * {@link #fitting} and L), and the decoder's buffers for m n rows. The proposal holds the noise of all samples (L n ×
 * l).
 */
public final class CodeSamples {
    /**
     * Largest number of codes that are decoded together, unless the batch itself has more rows. The products are as
     * fast from 512 rows on; more rows only spare the importance-weighted gradient a second decoding.
     */
    private static final int MAX_CODES = 4096;

    /** Floats (32 MiB) of the decoder's widest layer for the codes decoded together. */
    private static final int MAX_FLOATS = 1 << 23;

    private final int capacity;
    private final int together;
    private final Decoder.Worker decoder;
    private final FMatrixRMaj codes;
    private final FMatrixRMaj repeated;
    private final double[] someDensities;
    private final double[] density;
    private Proposal proposal;
    private int samples;
    private int first;
    private int count;

    /**
     * Creates the buffers of one task.
     *
     * @param maxRows largest number of rows of a proposal
     * @param capacity maximum of L
     * @param products matrix products, whose buffers the networks of the task share
     */
    public CodeSamples(Networks networks, int maxRows, int capacity, FloatProducts products) {
        this.capacity = capacity;
        this.together = Math.min(capacity, fitting(networks, maxRows, MAX_CODES));
        this.decoder = networks.conditional().worker(together * maxRows, products);
        this.codes = new FMatrixRMaj(together * maxRows, networks.latent());
        this.repeated = new FMatrixRMaj(0, 0);
        this.someDensities = new double[together * maxRows];
        this.density = new double[capacity * maxRows];
    }

    /**
     * Returns the number of samples of each row that are decoded together, at least one.
     *
     * @param maxRows largest number of rows of a proposal
     * @param maxCodes maximum of codes that are decoded together; wide layers reduce it
     */
    public static int fitting(Networks networks, int maxRows, int maxCodes) {
        int widest = networks.decoder().layers().stream()
                .mapToInt(Layer::outputs)
                .max()
                .orElse(1);
        return Math.max(1, Math.min(maxCodes, MAX_FLOATS / widest) / maxRows);
    }

    /** Returns the largest number of samples of each row that are decoded together. */
    public int together() {
        return together;
    }

    public int capacity() {
        return capacity;
    }

    /** Returns L, the samples drawn of each row. */
    public int samples() {
        return samples;
    }

    /**
     * Draws samples of each row of a proposal.
     *
     * @param from the distributions of the codes. Kept until the next draw.
     * @param streams random stream of each row of the proposal
     * @param wanted L
     */
    public void draw(Proposal from, RandomGenerator[] streams, int wanted) {
        proposal = from;
        samples = wanted;
        proposal.drawNoise(streams, wanted);
    }

    /** Returns the distributions that the codes were drawn from. */
    public Proposal proposal() {
        return proposal;
    }

    /** Returns log p(x_i | z_is) of a decoded sample. */
    public double density(int row, int sample) {
        return density[sample * proposal.rows() + row];
    }

    /**
     * Adds Σ_s log p(x_i | z_is) to the sum of each row of the batch, times the weights of the distributions if there
     * are several of a row. All samples must have been decoded.
     */
    public void addDensity(double[] sums) {
        for (int row = 0; row < proposal.rows(); row++) {
            double weight = proposal.weight(row);
            for (int s = 0; s < samples; s++) {
                sums[row % proposal.batch()] += weight * density(row, s);
            }
        }
    }

    /** Writes E[x | z] of the samples decoded last, m n × d. */
    public void means(float[] parameters, FMatrixRMaj to) {
        decoder.mean(parameters, to);
    }

    /**
     * Decodes the samples from one on, as many as fit together, and computes the rows' densities.
     *
     * @param x n × d, the rows. If the proposal has several distributions of each row, the distributions of row i are
     *     its rows i, i + n, i + 2 n ... Not modified.
     * @return the sample after the last decoded one
     */
    public int decode(float[] parameters, FMatrixRMaj x, int from) {
        first = from;
        count = Math.min(together, samples - from);
        int rows = proposal.rows();
        codes.reshape(count * rows, proposal.latent());
        for (int s = 0; s < count; s++) {
            proposal.copyCodes(first + s, codes, s * rows);
        }
        decoder.decode(parameters, codes, x);
        decoder.density(parameters, repeat(x), someDensities);
        System.arraycopy(someDensities, 0, density, first * rows, count * rows);
        return first + count;
    }

    /** Decodes all samples. */
    public void decodeAll(float[] parameters, FMatrixRMaj x) {
        for (int from = 0; from < samples; ) {
            from = decode(parameters, x, from);
        }
    }

    /** Repeats x so that each code has its row. */
    private FMatrixRMaj repeat(FMatrixRMaj x) {
        if (codes.numRows == x.numRows) {
            return x;
        }
        int times = codes.numRows / x.numRows;
        int length = x.getNumElements();
        repeated.reshape(times * x.numRows, x.numCols);
        for (int t = 0; t < times; t++) {
            System.arraycopy(x.data, 0, repeated.data, t * length, length);
        }
        return repeated;
    }

    /** Returns the index of the first sample that was decoded last. */
    public int first() {
        return first;
    }

    /** Returns m, the number of samples decoded last. */
    public int count() {
        return count;
    }

    /** Returns z of the samples decoded last, m n × l. */
    public FMatrixRMaj codes() {
        return codes;
    }

    /**
     * Differentiates Σ scale_is log p(x_i | z_is) over the samples decoded last.
     *
     * @param batch whose target was given to the decoder
     * @param scale m n entries
     * @param gradient derivatives with respect to all parameters; the parts of decoder and likelihood are written for
     *     the first samples, then added to. Null if only the codes matter
     * @return the derivative with respect to the codes, m n × l; null if not wanted
     */
    public FMatrixRMaj backward(RowBatch batch, float[] scale, float[] gradient, boolean wantsCodes) {
        Gradient to = gradient == null
                ? Gradient.NONE
                : count == samples ? batch.complete(gradient) : new Gradient(gradient, first > 0, null);
        FMatrixRMaj x = batch.target();
        return decoder.backward(batch.parameters(), codes.numRows == x.numRows ? x : repeated, scale, to, wantsCodes);
    }

    /**
     * Propagates the gradient with respect to the codes decoded last to the proposal's heads.
     *
     * @param codeGradient m n × l. Not modified.
     * @param headGradient derivatives at the outputs of the encoder. Added to.
     */
    public void toHeads(FMatrixRMaj codeGradient, FMatrixRMaj headGradient) {
        proposal.toHeads(codeGradient, first, count, headGradient);
    }
}
