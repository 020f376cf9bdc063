package io.github.sparklatent.vae;

import io.github.sparklatent.vae.latent.CodeSamples;
import io.github.sparklatent.vae.latent.ImportanceMeans;
import io.github.sparklatent.vae.latent.LogMeanExp;
import io.github.sparklatent.vae.latent.MixturePosterior;
import io.github.sparklatent.vae.latent.StratifiedSamples;
import io.github.sparklatent.vae.objective.MixtureVariationalObjective;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;

/**
 * Scores rows of a model whose posterior and prior are mixtures.
 *
 * <p>The responsibility of the prior's component y for a row is E_q[p(y|z)], a mean over draws. The draws of a row are
 * spread over the components of q by systematic sampling: draw s of S is of the component k in whose part of Σ_k α_k =
 * 1 the number (s + u) / S lies. One u in [0, 1) is drawn for each row, so that a component of q has S α_k draws,
 * rounded up or down.
 *
 * <p>Every row has a code for each component, so a batch is split into parts of fewer rows.
 */
final class MixtureScorer extends ModelScorer {
    private final int together;
    private final StratifiedSamples strata;
    private final MixturePosterior posterior;
    private final LogMeanExp importance;
    private final double[] first;
    private final double[] second;
    private final double[] offsets;
    private final FMatrixRMaj part = new FMatrixRMaj(0, 0);
    private final FMatrixRMaj targetPart = new FMatrixRMaj(0, 0);
    private final FMatrixRMaj codes = new FMatrixRMaj(0, 0);
    private final FMatrixRMaj decoded = new FMatrixRMaj(0, 0);

    MixtureScorer(ScoringTask task) {
        super(task);
        int components = task.networks.prior().components();
        this.together = Math.min(task.maxRows, Math.max(1, ScoringTask.MAX_CODES / components));
        this.strata = new StratifiedSamples(task.networks, together, task.products);
        this.posterior = strata.posterior();
        this.importance = new LogMeanExp(together);
        this.first = new double[together];
        this.second = new double[together];
        this.offsets = new double[together];
    }

    /** Computes Σ_k α_k μ_k. */
    @Override
    void encode(FMatrixRMaj rows, FMatrixRMaj mean) {
        mean.reshape(rows.numRows, posterior.latent());
        for (int from = 0; from < rows.numRows; from += together) {
            read(rows, from);
            addMeans(mean, from);
        }
    }

    private void addMeans(FMatrixRMaj mean, int from) {
        int latent = posterior.latent();
        int n = posterior.batch();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < latent; j++) {
                double sum = 0;
                for (int row = i; row < posterior.rows(); row += n) {
                    sum += posterior.weights().data[row] * posterior.mean()[row * latent + j];
                }
                mean.data[(from + i) * latent + j] = (float) sum;
            }
        }
    }

    /** Computes the variance σ² + Σ_k α_k (μ_k − mean)². */
    @Override
    void encode(FMatrixRMaj rows, FMatrixRMaj mean, FMatrixRMaj variance) {
        int latent = posterior.latent();
        mean.reshape(rows.numRows, latent);
        variance.reshape(rows.numRows, latent);
        for (int from = 0; from < rows.numRows; from += together) {
            read(rows, from);
            addMeans(mean, from);
            int n = posterior.batch();
            for (int at = 0; at < n * latent; at++) {
                double deviation = posterior.deviation()[at];
                double sum = deviation * deviation;
                double expected = mean.data[from * latent + at];
                for (int k = 0; k < posterior.components(); k++) {
                    double difference = posterior.mean()[k * n * latent + at] - expected;
                    sum += posterior.weights().data[k * n + at / latent] * difference * difference;
                }
                variance.data[from * latent + at] = (float) sum;
            }
        }
    }

    @Override
    void decode(FMatrixRMaj rows, DecodedRows action) {
        for (int from = 0; from < rows.numRows; from += together) {
            read(rows, from);
            int n = posterior.batch();
            for (int k = 0; k < posterior.components(); k++) {
                double[] weights = Arrays.copyOfRange(posterior.weights().data, k * n, (k + 1) * n);
                codes.reshape(n, posterior.latent());
                System.arraycopy(posterior.mean(), k * codes.getNumElements(), codes.data, 0, codes.getNumElements());
                task.decoder.decode(task.parameters, codes, part);
                action.accept(from, n, weights);
            }
        }
    }

    /** Computes Σ_k α_k E[x | z = μ_k]: the mean of the μ_k may be far from all codes. */
    @Override
    void reconstruct(FMatrixRMaj rows, FMatrixRMaj mean) {
        int width = task.networks.inputs();
        mean.reshape(rows.numRows, width);
        mean.zero();
        decode(rows, (from, n, weights) -> {
            decoded.reshape(n, width);
            task.decoder.mean(task.parameters, decoded);
            for (int at = 0; at < n * width; at++) {
                mean.data[from * width + at] += (float) (weights[at / width] * decoded.data[at]);
            }
        });
    }

    @Override
    void draw(FMatrixRMaj rows, FMatrixRMaj drawnCodes) {
        int latent = posterior.latent();
        drawnCodes.reshape(rows.numRows, latent);
        for (int from = 0; from < rows.numRows; from += together) {
            read(rows, from);
            posterior.draw(task.noise(part), codes);
            System.arraycopy(codes.data, 0, drawnCodes.data, from * latent, codes.getNumElements());
        }
    }

    @Override
    void responsibilities(FMatrixRMaj rows, FMatrixRMaj responsibilities) {
        int components = posterior.components();
        responsibilities.reshape(rows.numRows, components);
        for (int from = 0; from < rows.numRows; from += together) {
            read(rows, from);
            int n = posterior.batch();
            RandomGenerator[] noise = task.noise(part);
            Arrays.setAll(offsets, i -> i < n ? noise[i].nextDouble() : 0);
            double[] shares = task.responsibilities(
                            n, (before, after, drawn) -> draw(before, after, noise, drawn), this::shares)
                    .data;
            for (int at = 0; at < n * components; at++) {
                responsibilities.data[from * components + at] = (float) shares[at % components * n + at / components];
            }
        }
    }

    private DMatrixRMaj shares(FMatrixRMaj z) {
        strata.prior().logDensity(task.parameters, z, posterior.encoded(), first, 0);
        return strata.prior().responsibilities();
    }

    /**
     * Draws a code of each row from q(z|x). The component is chosen by a number between {@code before} and
     * {@code after} on the scale of the components' cumulative weights.
     */
    private void draw(double before, double after, RandomGenerator[] noise, FMatrixRMaj z) {
        int latent = posterior.latent();
        int n = posterior.batch();
        for (int i = 0; i < n; i++) {
            int row = proposalRow(i, before + offsets[i] * (after - before));
            for (int j = 0; j < latent; j++) {
                int at = row * latent + j;
                float epsilon = (float) noise[i].nextGaussian();
                z.data[i * latent + j] = posterior.mean()[at] + posterior.deviation()[at] * epsilon;
            }
        }
    }

    /**
     * Returns the row of the proposal, that is the component of row i, whose interval on the scale of row i's
     * cumulative weights contains a number.
     */
    private int proposalRow(int i, double number) {
        int n = posterior.batch();
        int row = i;
        double sum = posterior.weights().data[row];
        while (sum <= number && row + n < posterior.rows()) {
            row += n;
            sum += posterior.weights().data[row];
        }
        return row;
    }

    /** Computes the stratified bound of {@link MixtureVariationalObjective}. */
    @Override
    void measure(FMatrixRMaj rows, FMatrixRMaj target, double[] reconstruction, double[] divergence) {
        int count = task.options.samples();
        for (int from = 0; from < rows.numRows; from += together) {
            Arrays.fill(first, 0);
            Arrays.fill(second, 0);
            over(count, rows, target, from, samples -> strata.add(samples, first, second));
            for (int i = 0; i < posterior.batch(); i++) {
                reconstruction[from + i] = first[i] / count;
                divergence[from + i] = second[i] / count;
            }
        }
    }

    /**
     * Computes log Σ_k α_k 1/L Σ_s p(x, z_ks) / q(z_ks | x), L = ⌈S / K⌉. The expectation of the mean of p / q is the
     * same as with S draws of q, and the variance is lower.
     */
    @Override
    void logLikelihood(FMatrixRMaj rows, FMatrixRMaj target, int samples, double[] logLikelihood) {
        int count = ofComponent(samples);
        for (int from = 0; from < rows.numRows; from += together) {
            importance.clear();
            over(count, rows, target, from, some -> strata.addImportance(some, importance));
            for (int i = 0; i < posterior.batch(); i++) {
                logLikelihood[from + i] = importance.logSum(i) - StrictMath.log(count);
            }
        }
    }

    /** Returns ⌈S / K⌉. */
    private int ofComponent(int samples) {
        int components = posterior.components();
        return (samples + components - 1) / components;
    }

    @Override
    void impute(FMatrixRMaj rows, FMatrixRMaj target, int samples, FMatrixRMaj mean, double[] logLikelihood) {
        int count = ofComponent(samples);
        int width = task.networks.inputs();
        ImportanceMeans means = new ImportanceMeans(together, width);
        mean.reshape(rows.numRows, width);
        for (int from = 0; from < rows.numRows; from += together) {
            means.clear();
            over(count, rows, target, from, some -> {
                some.means(task.parameters, decoded);
                means.read(decoded);
                strata.addImportance(some, means);
            });
            means.copy(posterior.batch(), mean, from);
            for (int i = 0; i < posterior.batch(); i++) {
                logLikelihood[from + i] = means.logSum(i) - StrictMath.log(count);
            }
        }
    }

    private void over(int count, FMatrixRMaj rows, FMatrixRMaj target, int from, Consumer<CodeSamples> action) {
        read(target, from);
        copy(target, from, targetPart);
        copy(rows, from, part);
        task.sample(
                posterior.components() * together,
                count,
                posterior,
                strata.strata(task.noise(part)),
                targetPart,
                samples -> {
                    strata.measureAll(task.parameters, samples);
                    action.accept(samples);
                });
    }

    /** Encodes one part of the rows. */
    private void read(FMatrixRMaj rows, int from) {
        copy(rows, from, part);
        if (!task.areEncoded(part)) {
            posterior.encode(task.parameters, part);
        }
    }

    private void copy(FMatrixRMaj rows, int from, FMatrixRMaj to) {
        int n = Math.min(together, rows.numRows - from);
        to.reshape(n, rows.numCols);
        System.arraycopy(rows.data, from * rows.numCols, to.data, 0, n * rows.numCols);
    }
}
