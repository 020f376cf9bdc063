package io.github.sparklatent.vae;

import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.nn.Gradient;
import io.github.sparklatent.nn.Layer;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * L samples of z for each row of a batch and what the decoder makes of them. As many samples as fit
 * {@link #ROWS_TOGETHER} and {@link #FLOATS_TOGETHER} go through the decoder in one product, at
 * least one of each row.
 *
 * <p>Holds the noise of all samples (L n × l), codes and repeated rows of those that go together (m
 * n × l and m n × d, m as {@link #fitting} has it but at most L), and the decoder's buffers for m n
 * rows.
 */
final class CodeSamples {
    /**
     * Codes decoded at once, unless the batch itself has more rows. The products are as fast from
     * 512 rows on; more only spare the importance-weighted gradient its second pass.
     */
    private static final int ROWS_TOGETHER = 4096;

    /** Floats, 32 MiB, of the decoder's widest layer for the codes decoded at once: of images. */
    private static final int FLOATS_TOGETHER = 1 << 23;

    private final int capacity;
    private final int together;
    private final DecoderPass decoder;
    private final CodeNoise noise;
    private final FMatrixRMaj codes;
    private final FMatrixRMaj repeated;
    private final double[] passDensity;
    private final double[] density;
    private int samples;
    private int first;
    private int count;

    /**
     * @param maxRows rows of a batch at most
     * @param capacity samples of a draw at most, L
     * @param products that the networks of a task share
     */
    CodeSamples(Networks networks, int maxRows, int capacity, FloatProducts products) {
        int latent = networks.latent();
        this.capacity = capacity;
        this.together = Math.min(capacity, fitting(networks, maxRows, ROWS_TOGETHER));
        this.decoder = new DecoderPass(networks, together * maxRows, products);
        this.noise = new CodeNoise(capacity * maxRows * latent);
        this.codes = new FMatrixRMaj(together * maxRows, latent);
        this.repeated = new FMatrixRMaj(0, 0);
        this.passDensity = new double[together * maxRows];
        this.density = new double[capacity * maxRows];
    }

    /**
     * Samples of each row that go through the decoder together, at least one.
     *
     * @param maxRows rows of a batch at most
     * @param codes that may be decoded at once, where the layers are narrow enough for them
     */
    static int fitting(Networks networks, int maxRows, int codes) {
        int widest = networks.decoder().layers().stream().mapToInt(Layer::outputs).max().orElse(1);
        return Math.max(1, Math.min(codes, FLOATS_TOGETHER / widest) / maxRows);
    }

    /** Samples of each row that go through the decoder together, at most. */
    int together() {
        return together;
    }

    /** Samples of a draw at most. */
    int capacity() {
        return capacity;
    }

    /** Samples drawn, L. */
    int samples() {
        return samples;
    }

    /**
     * Draws ε ~ N(0, I) for every sample of every row.
     *
     * @param streams of the rows
     * @param wanted L
     */
    void draw(Proposal posterior, RandomGenerator[] streams, int wanted) {
        samples = wanted;
        noise.draw(posterior, streams, samples);
    }

    /** ε_j of a sample of a row. */
    double noise(Proposal posterior, int row, int sample, int dimension) {
        return noise.of(posterior, row, sample, dimension);
    }

    /** log p(x_i | z_is), once decoded. */
    double density(Proposal posterior, int row, int sample) {
        return density[sample * posterior.rows() + row];
    }

    /** 1/L Σ_s log p(x_i | z_is), once all are decoded. */
    double meanDensity(Proposal posterior, int row) {
        double sum = 0;
        for (int s = 0; s < samples; s++) {
            sum += density(posterior, row, s);
        }
        return sum / samples;
    }

    /** sums_i ← sums_i + Σ_s log p(x_i | z_is), all samples decoded. */
    void addDensity(Proposal posterior, double[] sums) {
        for (int i = 0; i < posterior.rows(); i++) {
            for (int s = 0; s < samples; s++) {
                sums[i] += density(posterior, i, s);
            }
        }
    }

    /** log q(z_is | x_i) − log p(z_is). */
    double logRatio(Posterior posterior, int row, int sample) {
        double sum = 0;
        for (int j = 0; j < posterior.latent(); j++) {
            sum += posterior.logRatio(row, j, noise(posterior, row, sample, j));
        }
        return sum;
    }

    /** Adds to the sums of p(x_i, z_is) / q(z_is | x_i) over the samples, all of them decoded. */
    void addImportance(Posterior posterior, LogMeanExp sums) {
        for (int i = 0; i < posterior.rows(); i++) {
            for (int s = 0; s < samples; s++) {
                sums.add(i, density(posterior, i, s) - logRatio(posterior, i, s));
            }
        }
    }

    /** Whether all samples go through the decoder in one pass. */
    boolean onePass() {
        return together >= samples;
    }

    /**
     * Decodes the samples from one on, as many as go together, and measures the rows under them.
     *
     * @param x n × d, the rows; or fewer, of which the posterior has several distributions each,
     *     row i its i-th, (i + x.numRows)-th and so on. Not modified.
     * @return the sample after the last one decoded
     */
    int decode(float[] parameters, Proposal posterior, FMatrixRMaj x, int from) {
        first = from;
        count = Math.min(together, samples - from);
        int rows = posterior.rows();
        codes.reshape(count * rows, posterior.latent());
        for (int s = 0; s < count; s++) {
            copyCodes(posterior, first + s, codes, s * rows);
        }
        decoder.decode(parameters, codes);
        decoder.density(parameters, repeat(x), passDensity);
        System.arraycopy(passDensity, 0, density, first * rows, count * rows);
        return first + count;
    }

    /**
     * z = μ + σ ε of one sample of all rows.
     *
     * @param to of l columns. Modified.
     * @param at the row of it that the first goes to
     */
    void copyCodes(Proposal posterior, int sample, FMatrixRMaj to, int at) {
        noise.copyCodes(posterior, sample, to, at);
    }

    /** Decodes all samples. */
    void decodeAll(float[] parameters, Proposal posterior, FMatrixRMaj x) {
        int from = 0;
        while (from < samples) {
            from = decode(parameters, posterior, x, from);
        }
    }

    /** x as often as there are codes of each of its rows. */
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

    /** First sample of the last pass. */
    int first() {
        return first;
    }

    /** Samples of the last pass, m. */
    int count() {
        return count;
    }

    /** z of the last pass, m n × l. */
    FMatrixRMaj codes() {
        return codes;
    }

    /**
     * Goes back through the last pass.
     *
     * @param x as it was decoded
     * @param scale of each log p(x_i | z_is) in what is differentiated, m n entries
     * @param gradient of all parameters; decoder's and likelihood's parts are written in the pass
     *     of the first sample, then added to
     * @return with respect to the codes, m n × l; null where not wanted
     */
    FMatrixRMaj backward(
            float[] parameters,
            FMatrixRMaj x,
            float[] scale,
            float[] gradient,
            boolean wantsCodes) {
        FMatrixRMaj target = codes.numRows == x.numRows ? x : repeated;
        Gradient to = new Gradient(gradient, first > 0);
        return decoder.backward(parameters, target, scale, to, wantsCodes);
    }

    /**
     * Takes the derivative with respect to the codes of the last pass on to the posterior's heads:
     * ∂z/∂μ = 1, ∂z/∂log σ² = ½ σ ε.
     *
     * @param codeGradient m n × l. Not modified.
     * @param headGradient n × 2l, added to
     */
    void toHeads(FMatrixRMaj codeGradient, Proposal posterior, FMatrixRMaj headGradient) {
        noise.toHeads(codeGradient, first, count, posterior, headGradient);
    }
}
