package io.github.sparklatent.vae;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.mixture.MixedDensity;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.MixtureScores;
import io.github.sparklatent.nn.Missing;
import io.github.sparklatent.nn.likelihood.Conditions;
import io.github.sparklatent.vae.latent.Corruption;
import io.github.sparklatent.vae.latent.RowBatch;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.model.Networks;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;

/**
 * Computes codes, reconstructions, scores and responsibilities of rows with a trained network, one batch of rows per
 * call. Holds the buffers of one scorer. Used by one thread. n is the number of rows of a batch.
 *
 * <p>Random numbers for a row are drawn from a stream that depends only on the seed and the row's content. So no result
 * depends on how the rows are split into batches and partitions.
 *
 * <p>Memory: the buffers of the encoder and the decoder for one batch. The bound and the importance-weighted likelihood
 * need more buffers of the decoder, for the codes that are decoded together. These are up to 1024 codes, fewer if the
 * decoder's layers are wide, but at least one for each row of a batch. The buffers are created when they are first
 * needed.
 */
public final class NetworkScorer {
    private final ModelScorer scorer;

    private final RowBatch batch;
    private final FMatrixRMaj codes = new FMatrixRMaj(0, 0);
    private final FMatrixRMaj restored = new FMatrixRMaj(0, 0);
    private final FMatrixRMaj shares = new FMatrixRMaj(0, 0);
    private final FMatrixRMaj alone = new FMatrixRMaj(0, 0);
    private final double[] density;
    private final double[] divergence;
    private final Conditions conditions;

    /** Null if the codes have no clusters. */
    private final MixtureScores clusters;

    private final DMatrixRMaj clustered = new DMatrixRMaj(0, 0);

    NetworkScorer(TrainedNetwork network, float[] parameters, ScoringOptions options, int maxRows) {
        Require.that(maxRows >= 1, "maxRows is %d, expected at least 1", maxRows);
        Kind kind = network.kind();
        Networks networks = network.architecture().networks(kind);
        this.scorer = ModelScorer.of(kind, networks, parameters, options, maxRows);
        this.batch = new RowBatch(maxRows, networks.likelihood(), options.binarize(), Corruption.NONE);
        this.density = new double[maxRows];
        this.divergence = new double[maxRows];
        this.conditions = networks.likelihood().conditions();
        this.clusters = network.clusters() == null
                ? null
                : new MixtureScores(MixedDensity.inTask(MixedMixture.of(network.clusters())));
    }

    /** Returns d, the number of columns of a row. */
    public int width() {
        return scorer.networks.inputs();
    }

    /**
     * Computes the codes of rows. For a variational network, the code is the mean of q(z|x).
     *
     * @param rows n × d. Not modified.
     * @param mean n × l on return
     * @throws IllegalArgumentException if the network has no encoder
     */
    public void encode(FMatrixRMaj rows, FMatrixRMaj mean) {
        requireBatch("rows", rows, width());
        scorer.encode(rows, mean, null);
    }

    /**
     * Computes mean and variance of q(z|x).
     *
     * @param rows n × d. Not modified.
     * @param mean n × l on return
     * @param variance n × l on return
     * @throws IllegalArgumentException if the codes have no variance
     */
    public void encode(FMatrixRMaj rows, FMatrixRMaj mean, FMatrixRMaj variance) {
        requireBatch("rows", rows, width());
        scorer.encode(rows, mean, variance);
    }

    /** Draws a code of each row, n × d, from q(z|x), which a drawn reconstruction decodes. {@code drawn}: n × l. */
    public void draw(FMatrixRMaj rows, FMatrixRMaj drawn) {
        requireBatch("rows", rows, width());
        scorer.draw(rows, drawn);
    }

    /**
     * Computes E[x | z] of given codes.
     *
     * @param codes n × l. Not modified.
     * @param mean n × d on return
     * @throws IllegalArgumentException if the network has conditions, which codes do not determine
     */
    public void decode(FMatrixRMaj codes, FMatrixRMaj mean) {
        requireBatch("codes", codes, scorer.networks.latent());
        Require.that(conditions.isEmpty(), "codes are given, expected conditions, too: the network reads them");
        mean.reshape(codes.numRows, width());
        scorer.decoder.decode(scorer.parameters, codes, restored);
        scorer.decoder.mean(scorer.parameters, mean);
    }

    /**
     * Computes the reconstructions of rows, in the units of the data: E[x | z] at the mean code. For a mixture
     * posterior, the reconstruction is the weighted mean of E[x | z] at the means of its components. The reconstruction
     * of a corrupted row is the denoised row.
     *
     * <p>With {@link Reconstruction#SAMPLE}, z is drawn from q(z|x), as the first draw of the bound is, and the row
     * from p(x|z). A network that was trained against a discriminator gives columns of real numbers their mean given z,
     * as {@link NetworkSampler} does.
     *
     * @param rows n × d. Not modified.
     * @param reconstruction n × d on return; a different matrix
     */
    public void reconstruct(FMatrixRMaj rows, FMatrixRMaj reconstruction) {
        requireBatch("rows", rows, width());
        boolean drawn = scorer.options.reconstruction() == Reconstruction.SAMPLE;
        if (drawn && scorer.kind.hasPosterior()) {
            scorer.draw(rows, codes);
            scorer.draw(codes, rows, !scorer.kind.needsDiscriminator(), reconstruction);
        } else {
            scorer.reconstruct(rows, reconstruction);
        }
    }

    /**
     * Computes the squared difference between each row and its reconstruction, averaged over the observed cells that
     * are not given, in squared units of the data.
     *
     * @param rows n × d. Not modified.
     * @param error n entries on return
     */
    public void reconstructionError(FMatrixRMaj rows, double[] error) {
        reconstruct(rows, restored);
        int width = width();
        for (int i = 0; i < rows.numRows; i++) {
            double sum = 0;
            int observed = width - conditions.observed(rows, i);
            for (int j = i * width; j < (i + 1) * width; j++) {
                if (Missing.is(rows.data[j])) {
                    observed--;
                } else {
                    double difference = rows.data[j] - restored.data[j];
                    sum += difference * difference;
                }
            }
            error[i] = sum / Math.max(1, observed);
        }
    }

    /**
     * Computes how much less likely the cells of each group of columns are than likely ones: log p(y_c | z) − log p(x_c
     * | z), in nats, at the code of the row, or averaged over the codes of the components of q(z|x). Missing cells add
     * 0, so the density of a group of columns is that of a row without the others.
     *
     * @param rows x, n × d. Not modified.
     * @param likely y, n × d; null: only −log p(x_c | z). Not modified.
     * @param groups columns of each group. Not modified.
     * @param errors n × groups, row-major, on return
     */
    public void columnErrors(FMatrixRMaj rows, FMatrixRMaj likely, int[][] groups, double[] errors) {
        requireBatch("rows", rows, width());
        Arrays.fill(errors, 0, rows.numRows * groups.length, 0);
        scorer.decode(rows, (from, count, weights) -> {
            for (int c = 0; c < groups.length; c++) {
                for (int sign = likely == null ? -1 : 1; sign >= -1; sign -= 2) {
                    readGroup(rows, sign > 0 ? likely : rows, groups[c], from, count);
                    scorer.decoder.density(scorer.parameters, alone, density);
                    for (int i = 0; i < count; i++) {
                        errors[(from + i) * groups.length + c] += sign * weights[i] * density[i];
                    }
                }
            }
        });
    }

    /** Copies the cells of a group of columns from some rows on; cells are missing where those of the rows are. */
    private void readGroup(FMatrixRMaj rows, FMatrixRMaj values, int[] group, int from, int count) {
        alone.reshape(count, rows.numCols);
        Arrays.fill(alone.data, 0, alone.getNumElements(), Float.NaN);
        for (int i = 0; i < count; i++) {
            for (int column : group) {
                boolean missing = Missing.is(rows.get(from + i, column));
                alone.set(i, column, missing ? Float.NaN : values.get(from + i, column));
            }
        }
    }

    /**
     * Computes the two parts of −ELBO of each row, in nats: E_q[−log p(x|z)], estimated from L samples of z, and the
     * divergence of q(z|x) from the prior. For an autoencoder, the two parts are −log p(x | code) and 0.
     *
     * @param rows n × d. Not modified.
     * @param reconstruction E_q[−log p(x|z)], n entries on return
     * @param divergence divergence from the prior, n entries on return
     */
    public void measure(FMatrixRMaj rows, double[] reconstruction, double[] divergence) {
        scorer.measure(rows, target(rows), reconstruction, divergence);
    }

    private FMatrixRMaj target(FMatrixRMaj rows) {
        requireBatch("rows", rows, width());
        batch.evaluate(scorer.parameters, rows, scorer.options.seed());
        return batch.target();
    }

    /**
     * Computes the anomaly score of rows, in nats: −ELBO; for an autoencoder −log p(x | code); for a network without an
     * encoder −log D(x), where D(x) is the discriminator's probability that the row is real.
     *
     * @param rows n × d. Not modified.
     * @param score n entries on return, higher for outliers
     */
    public void anomaly(FMatrixRMaj rows, double[] score) {
        measure(rows, score, divergence);
        for (int i = 0; i < rows.numRows; i++) {
            score[i] += divergence[i];
        }
    }

    /**
     * Estimates log p(x) of each row by log (1/S Σ_s p(x, z_s) / q(z_s | x)), z_s ~ q(z|x), in nats. The expectation of
     * this estimate is a lower bound of log p(x) that rises with S (Burda, Grosse and Salakhutdinov 2016, theorem 1).
     *
     * <p>If the decoder was trained on Hamiltonian chains, q(z|x) may be far from the posterior. The samples are then
     * drawn from a Gaussian that is fitted to a chain of the row, and q is this Gaussian in the formula. The
     * expectation is a lower bound of log p(x), too.
     *
     * @param rows n × d. Not modified.
     * @param samples S, number of samples of z for each row
     * @param logLikelihood n entries on return
     * @throws IllegalArgumentException if the network has no density of rows
     */
    public void logLikelihood(FMatrixRMaj rows, int samples, double[] logLikelihood) {
        Require.that(samples >= 1, "importance samples are %d, expected at least 1", samples);
        scorer.logLikelihood(rows, target(rows), samples, null, logLikelihood);
    }

    /**
     * Estimates the mean of each row given its observed cells, by self-normalised importance weights (Mattei and
     * Frellsen 2019), and the log-likelihood from the same samples. All cells are means, those of observed cells too.
     *
     * @param rows n × d, NaN where a cell is missing. Not modified.
     * @param mean n × d on return; a different matrix
     * @param logLikelihood n entries on return, those of {@link #logLikelihood} with as many samples
     * @throws IllegalArgumentException if the network has no density of rows
     */
    public void impute(FMatrixRMaj rows, FMatrixRMaj mean, double[] logLikelihood) {
        int samples = scorer.options.importanceSamples();
        mean.reshape(rows.numRows, width());
        scorer.logLikelihood(rows, target(rows), samples, mean, logLikelihood);
    }

    /**
     * Computes the responsibilities of the prior's components for rows, E_q[p(y|z)], or of the clusters of codes at the
     * row's code.
     *
     * @param rows n × d. Not modified.
     * @param responsibilities n × K on return; each row has the sum 1
     * @throws IllegalArgumentException if the network has no components
     */
    public void responsibilities(FMatrixRMaj rows, FMatrixRMaj responsibilities) {
        requireBatch("rows", rows, width());
        if (clusters == null) {
            scorer.responsibilities(rows, responsibilities);
            return;
        }
        scorer.encode(rows, codes, null);
        clustered.reshape(codes.numRows, codes.numCols);
        for (int at = 0; at < codes.getNumElements(); at++) {
            clustered.data[at] = codes.data[at];
        }
        clusters.evaluate(clustered);
        DMatrixRMaj byRow = clusters.responsibilities();
        responsibilities.reshape(byRow.numRows, byRow.numCols);
        for (int at = 0; at < byRow.getNumElements(); at++) {
            responsibilities.data[at] = (float) byRow.data[at];
        }
    }

    /**
     * Computes the index, from 0, of the component with the largest responsibility. If several are equal, takes the
     * first.
     *
     * @param rows n × d. Not modified.
     * @param component n entries on return
     * @throws IllegalArgumentException if the network has no components
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
     * Computes D(x), the probability that the discriminator gives each row of being real.
     *
     * @param rows n × d. Not modified.
     * @param probability n entries on return
     * @throws IllegalArgumentException if the network is not trained with a discriminator
     */
    public void realProbability(FMatrixRMaj rows, double[] probability) {
        Require.that(
                scorer.kind.needsDiscriminator(),
                "the probability of a row being real is of a network with a discriminator, found %s",
                scorer.kind.withArticle());
        requireBatch("rows", rows, width());
        scorer.unlikeliness(rows, probability);
        for (int i = 0; i < rows.numRows; i++) {
            probability[i] = StrictMath.exp(-probability[i]);
        }
    }

    private void requireBatch(String what, FMatrixRMaj given, int columns) {
        Require.that(
                given.numCols == columns,
                "%s have %d columns, expected %d (what the network was trained on)",
                what,
                given.numCols,
                columns);
        Require.that(
                given.numRows <= scorer.maxRows,
                "a batch has %d %s, expected at most %d",
                given.numRows,
                what,
                scorer.maxRows);
    }
}
