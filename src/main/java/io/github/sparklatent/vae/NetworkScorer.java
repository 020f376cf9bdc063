package io.github.sparklatent.vae;

import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.linalg.FloatFunctions;
import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.nn.Layer;
import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;

/**
 * What a trained network is for, batch by batch, with the buffers of one task. Used by one thread.
 *
 * <p>Draws that measure a row follow from the seed and the row's content, drawn rows from the seed
 * and their index: no figure depends on how rows are cut into batches and partitions.
 *
 * <p>Memory: one batch through encoder and decoder; for the bound and the importance-weighted
 * likelihood an encoder's buffers once more and a decoder's for up to 1024 codes, fewer where its
 * layers are wide (or for the batch, if that is larger), made when they are first asked for.
 */
public final class NetworkScorer {
    private final Kind kind;
    private final Networks networks;
    private final float[] parameters;
    private final int maxRows;
    private final ScoringOptions options;
    private final RowStreams streams;
    private final Seen seen = new Seen();
    private final FloatProducts products;
    private final Layer.Worker encoder;
    private final DecoderPass decoder;
    private final FMatrixRMaj codes = new FMatrixRMaj(0, 0);
    private final FMatrixRMaj restored = new FMatrixRMaj(0, 0);
    private final double[] divergence;
    private BoundScorer bound;

    NetworkScorer(
            Kind kind, Networks networks, float[] parameters, ScoringOptions options, int maxRows) {
        Require.that(maxRows >= 1, "maxRows is %d, expected at least 1", maxRows);
        this.kind = kind;
        this.networks = networks;
        this.parameters = parameters;
        this.maxRows = maxRows;
        this.options = options;
        this.streams = new RowStreams(maxRows, networks.inputs());
        this.products = new FloatProducts();
        this.encoder = networks.encoder().worker(maxRows, 0, products);
        this.decoder = new DecoderPass(networks, maxRows, products);
        this.divergence = new double[maxRows];
    }

    /** l, columns of a code. */
    public int latent() {
        return networks.latent();
    }

    /** d, columns of a row. */
    public int width() {
        return networks.inputs();
    }

    /**
     * The codes of rows: of a variational network the mean of q(z|x).
     *
     * @param rows n × d. Not modified.
     * @param mean n × l on return
     */
    public void encode(FMatrixRMaj rows, FMatrixRMaj mean) {
        head(heads(rows), 0, mean);
    }

    /**
     * Mean and variance of q(z|x).
     *
     * @param rows n × d. Not modified.
     * @param mean n × l on return
     * @param variance n × l on return
     * @throws IllegalArgumentException of an autoencoder, whose codes have no variance
     */
    public void encode(FMatrixRMaj rows, FMatrixRMaj mean, FMatrixRMaj variance) {
        requireVariational("the variance of a code");
        FMatrixRMaj heads = heads(rows);
        head(heads, 0, mean);
        head(heads, latent(), variance);
        FloatFunctions.exp(variance.data, 0, variance.data, 0, variance.getNumElements());
    }

    private FMatrixRMaj heads(FMatrixRMaj rows) {
        requireBatch("rows", rows, width());
        return encoder.forward(parameters, rows);
    }

    private void head(FMatrixRMaj heads, int from, FMatrixRMaj to) {
        to.reshape(heads.numRows, latent());
        for (int i = 0; i < heads.numRows; i++) {
            System.arraycopy(heads.data, i * heads.numCols + from, to.data, i * latent(), latent());
        }
    }

    /**
     * E[x | z] of given codes.
     *
     * @param codes n × l. Not modified.
     * @param mean n × d on return
     */
    public void decode(FMatrixRMaj codes, FMatrixRMaj mean) {
        requireBatch("codes", codes, latent());
        decoder.decode(parameters, codes);
        mean.reshape(codes.numRows, width());
        decoder.mean(parameters, mean);
    }

    /**
     * Rows as the network gives them back from their codes, E[x | z] at the code's mean; of damaged
     * rows this is the repair.
     *
     * @param rows n × d. Not modified.
     * @param mean n × d on return
     */
    public void reconstruct(FMatrixRMaj rows, FMatrixRMaj mean) {
        encode(rows, codes);
        decode(codes, mean);
    }

    /**
     * Mean squared difference of a row and its reconstruction, in squared units of the data.
     *
     * @param rows n × d. Not modified.
     * @param error n entries on return
     */
    public void reconstructionError(FMatrixRMaj rows, double[] error) {
        reconstruct(rows, restored);
        int width = width();
        for (int i = 0; i < rows.numRows; i++) {
            double sum = 0;
            for (int j = i * width; j < (i + 1) * width; j++) {
                double difference = rows.data[j] - restored.data[j];
                sum += difference * difference;
            }
            error[i] = sum / width;
        }
    }

    /**
     * The two parts of −ELBO, in nats: E_q[−log p(x|z)] by L samples, and the divergence of q(z|x)
     * from the prior. Of an autoencoder −log p(x | its code), and 0.
     *
     * @param rows n × d. Not modified.
     * @param reconstruction n entries on return
     * @param divergence n entries on return
     */
    public void measure(FMatrixRMaj rows, double[] reconstruction, double[] divergence) {
        FMatrixRMaj target = target(rows);
        if (kind == Kind.VARIATIONAL) {
            bound().measure(rows, target, reconstruction, divergence);
            return;
        }
        encode(target, codes);
        decoder.decode(parameters, codes);
        decoder.density(parameters, target, reconstruction);
        for (int i = 0; i < rows.numRows; i++) {
            reconstruction[i] = -reconstruction[i];
        }
        Arrays.fill(divergence, 0, rows.numRows, 0);
    }

    private FMatrixRMaj target(FMatrixRMaj rows) {
        requireBatch("rows", rows, width());
        seen.asIs(rows);
        if (options.binarize()) {
            seen.binarized(streams.ofContent(rows, options.seed(), Purpose.BINARIZATION));
        }
        return seen.target();
    }

    private BoundScorer bound() {
        if (bound == null) {
            bound = new BoundScorer(networks, parameters, options, streams, maxRows, products);
        }
        return bound;
    }

    /**
     * How strange rows are: −ELBO, in nats; of an autoencoder −log p(x | its code).
     *
     * @param rows n × d. Not modified.
     * @param score n entries on return, higher is stranger
     */
    public void anomaly(FMatrixRMaj rows, double[] score) {
        measure(rows, score, divergence);
        for (int i = 0; i < rows.numRows; i++) {
            score[i] += divergence[i];
        }
    }

    /**
     * log 1/S Σ_s p(x, z_s) / q(z_s | x), z_s ~ q(z|x): an estimate of log p(x) in nats, in
     * expectation from below and rising with S (Burda, Grosse and Salakhutdinov 2016, theorem 1).
     *
     * @param rows n × d. Not modified.
     * @param samples S
     * @param logLikelihood n entries on return
     * @throws IllegalArgumentException of an autoencoder, which is no density of rows
     */
    public void logLikelihood(FMatrixRMaj rows, int samples, double[] logLikelihood) {
        requireVariational("the log-likelihood of a row");
        Require.that(samples >= 1, "importance samples are %d, expected at least 1", samples);
        bound().logLikelihood(rows, target(rows), samples, logLikelihood);
    }

    /**
     * What lies between two rows: E[x | z] at equal steps from the code of one to the code of the
     * other, both ends among them.
     *
     * @param ends 2 × d. Not modified.
     * @param path m × d, m at least 2. Overwritten.
     */
    public void interpolate(FMatrixRMaj ends, FMatrixRMaj path) {
        Require.that(ends.numRows == 2, "found %d ends of a path, expected 2", ends.numRows);
        int steps = path.numRows;
        Require.that(steps >= 2, "a path has %d rows, expected at least 2", steps);
        Require.that(
                path.numCols == width(),
                "a path has %d columns, expected %d (those of a row)",
                path.numCols,
                width());
        FMatrixRMaj code = new FMatrixRMaj(0, 0);
        FMatrixRMaj row = new FMatrixRMaj(0, 0);
        encode(ends, codes);
        for (int k = 0; k < steps; k++) {
            float share = (float) ((double) k / (steps - 1));
            code.reshape(1, latent());
            for (int j = 0; j < latent(); j++) {
                code.data[j] = (1f - share) * codes.data[j] + share * codes.data[latent() + j];
            }
            decode(code, row);
            System.arraycopy(row.data, 0, path.data, k * width(), width());
        }
    }

    private void requireBatch(String what, FMatrixRMaj batch, int columns) {
        Require.that(
                batch.numCols == columns,
                "%s have %d columns, expected %d (what the network was trained on)",
                what,
                batch.numCols,
                columns);
        Require.that(
                batch.numRows <= maxRows,
                "a batch has %d %s, expected at most %d",
                batch.numRows,
                what,
                maxRows);
    }

    private void requireVariational(String what) {
        Require.that(
                kind == Kind.VARIATIONAL,
                "%s is of a variational network, found an autoencoder",
                what);
    }
}
