package io.github.sparklatent.vae;

import io.github.sparklatent.learn.Require;
import org.ejml.data.FMatrixRMaj;

/**
 * What a trained network is for, batch by batch, with the buffers of one task; the same questions
 * to every kind of network, each answered by the {@link KindScorer} of its kind. Used by one
 * thread.
 *
 * <p>Draws that measure a row follow from the seed and the row's content: no figure depends on how
 * rows are cut into batches and partitions.
 *
 * <p>Memory: one batch through encoder and decoder; for the bound and the importance-weighted
 * likelihood a decoder's buffers for up to 1024 codes more, fewer where its layers are wide (or for
 * the batch, if that is larger), made when they are first asked for.
 */
public final class NetworkScorer {
    private final ScoringTask task;
    private final KindScorer kind;
    private final Seen seen = new Seen();
    private final FMatrixRMaj codes = new FMatrixRMaj(0, 0);
    private final FMatrixRMaj restored = new FMatrixRMaj(0, 0);
    private final FMatrixRMaj shares = new FMatrixRMaj(0, 0);
    private final double[] divergence;

    NetworkScorer(
            Kind kind, Networks networks, float[] parameters, ScoringOptions options, int maxRows) {
        Require.that(maxRows >= 1, "maxRows is %d, expected at least 1", maxRows);
        this.task = ScoringTask.of(networks, parameters, options, maxRows);
        this.kind = scorer(kind, task);
        this.divergence = new double[maxRows];
    }

    private static KindScorer scorer(Kind kind, ScoringTask task) {
        return switch (kind) {
            case AUTOENCODER -> new AutoencoderScorer(task);
            case VARIATIONAL, VARIATIONAL_ADVERSARIAL -> new VariationalScorer(task);
            case MIXTURE -> new MixtureScorer(task);
            case EMBEDDING -> new EmbeddingScorer(task);
            case CLASSIFYING -> new ClassifyingScorer(task);
            case ADVERSARIAL -> new AdversarialScorer(task);
        };
    }

    /** l, columns of a code. */
    public int latent() {
        return task.networks().latent();
    }

    /** d, columns of a row. */
    public int width() {
        return task.networks().inputs();
    }

    /**
     * The codes of rows: of a variational network the mean of q(z|x).
     *
     * @param rows n × d. Not modified.
     * @param mean n × l on return
     */
    public void encode(FMatrixRMaj rows, FMatrixRMaj mean) {
        requireBatch("rows", rows, width());
        kind.encode(rows, mean);
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
        requireBatch("rows", rows, width());
        kind.encode(rows, mean, variance);
    }

    /**
     * E[x | z] of given codes.
     *
     * @param codes n × l. Not modified.
     * @param mean n × d on return
     */
    public void decode(FMatrixRMaj codes, FMatrixRMaj mean) {
        requireBatch("codes", codes, latent());
        task.decode(codes, mean);
    }

    /**
     * Rows as the network gives them back from their codes, E[x | z] at the code's mean (of a
     * mixture posterior the weighted mean of what its components' means give); of damaged rows this
     * is the repair.
     *
     * @param rows n × d. Not modified.
     * @param mean n × d on return
     */
    public void reconstruct(FMatrixRMaj rows, FMatrixRMaj mean) {
        requireBatch("rows", rows, width());
        kind.reconstruct(rows, mean);
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
        kind.measure(rows, target(rows), reconstruction, divergence);
    }

    private FMatrixRMaj target(FMatrixRMaj rows) {
        requireBatch("rows", rows, width());
        ScoringOptions options = task.options();
        seen.judged(rows, options.binarize(), task.streams(), options.seed());
        return seen.target();
    }

    /**
     * How strange rows are: −ELBO, in nats; of an autoencoder −log p(x | its code), of a generative
     * adversarial network −log D(x).
     *
     * @param rows n × d. Not modified.
     * @param score n entries on return, higher is stranger
     */
    public void anomaly(FMatrixRMaj rows, double[] score) {
        kind.anomaly(rows, target(rows), score, divergence);
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
        Require.that(samples >= 1, "importance samples are %d, expected at least 1", samples);
        kind.logLikelihood(rows, target(rows), samples, logLikelihood);
    }

    /** K, components of the latent space; 0 where it has none. */
    public int components() {
        return kind.components();
    }

    /**
     * How far each component of the latent space accounts for rows: E_q[p(y|z)], q the code's
     * distribution, as the kind of network computes it.
     *
     * @param rows n × d. Not modified.
     * @param responsibilities n × K on return, each row's add up to 1
     * @throws IllegalArgumentException of a network without components
     */
    public void responsibilities(FMatrixRMaj rows, FMatrixRMaj responsibilities) {
        requireBatch("rows", rows, width());
        kind.responsibilities(rows, responsibilities);
    }

    /**
     * The component that accounts for most of a row, from 0 on; of equal ones the first.
     *
     * @param rows n × d. Not modified.
     * @param component n entries on return
     * @throws IllegalArgumentException of a network without components
     */
    public void component(FMatrixRMaj rows, int[] component) {
        responsibilities(rows, shares);
        for (int i = 0; i < rows.numRows; i++) {
            int best = 0;
            for (int k = 1; k < shares.numCols; k++) {
                if (shares.unsafe_get(i, k) > shares.unsafe_get(i, best)) {
                    best = k;
                }
            }
            component[i] = best;
        }
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
                batch.numRows <= task.maxRows(),
                "a batch has %d %s, expected at most %d",
                batch.numRows,
                what,
                task.maxRows());
    }
}
