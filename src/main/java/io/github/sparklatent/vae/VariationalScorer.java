package io.github.sparklatent.vae;

import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.linalg.FloatFunctions;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/** Codes and bounds of log p(x) of a variational network, row by row. */
final class VariationalScorer implements KindScorer {
    private final ScoringTask task;
    private final Posterior posterior;
    private final DrawnCodes drawn;
    private final LogMeanExp importance;
    private final FMatrixRMaj codes = new FMatrixRMaj(0, 0);

    VariationalScorer(ScoringTask task) {
        this.task = task;
        this.posterior = new Posterior(task.networks(), task.maxRows(), task.products());
        this.drawn = new DrawnCodes(task, task.maxRows());
        this.importance = new LogMeanExp(task.maxRows());
    }

    @Override
    public Kind kind() {
        return Kind.VARIATIONAL;
    }

    @Override
    public void encode(FMatrixRMaj rows, FMatrixRMaj mean) {
        posterior.encode(task.parameters(), rows);
        mean.reshape(rows.numRows, posterior.latent());
        System.arraycopy(posterior.mean(), 0, mean.data, 0, mean.getNumElements());
    }

    @Override
    public void encode(FMatrixRMaj rows, FMatrixRMaj mean, FMatrixRMaj variance) {
        encode(rows, mean);
        variance.reshape(rows.numRows, posterior.latent());
        FloatFunctions.exp(posterior.logVariance(), 0, variance.data, 0, variance.getNumElements());
    }

    @Override
    public void reconstruct(FMatrixRMaj rows, FMatrixRMaj mean) {
        encode(rows, codes);
        task.decode(codes, mean);
    }

    @Override
    public void measure(
            FMatrixRMaj rows, FMatrixRMaj target, double[] reconstruction, double[] divergence) {
        Arrays.fill(reconstruction, 0, rows.numRows, 0);
        int count = task.options().samples();
        over(count, rows, target, samples -> samples.addDensity(posterior, reconstruction));
        for (int i = 0; i < rows.numRows; i++) {
            reconstruction[i] /= -count;
            divergence[i] = posterior.divergence(i);
        }
    }

    /** log 1/S Σ_s p(x, z_s) / q(z_s | x). */
    @Override
    public void logLikelihood(
            FMatrixRMaj rows, FMatrixRMaj target, int samples, double[] logLikelihood) {
        importance.clear();
        over(samples, rows, target, some -> some.addImportance(posterior, importance));
        for (int i = 0; i < rows.numRows; i++) {
            logLikelihood[i] = importance.value(i);
        }
    }

    /** q(z|x) of the rows encoded last. */
    Posterior posterior() {
        return posterior;
    }

    /**
     * Draws and decodes that many samples of each row.
     *
     * @param rows n × d, what the draws follow from. Not modified.
     * @param target n × d, what is encoded and measured. Not modified.
     * @param action on those that went together, all of whose codes are there
     */
    void over(int count, FMatrixRMaj rows, FMatrixRMaj target, Consumer<CodeSamples> action) {
        posterior.encode(task.parameters(), target);
        RandomGenerator[] noise =
                task.streams().ofContent(rows, task.options().seed(), Purpose.LATENT_NOISE);
        drawn.each(count, posterior, noise, target, action);
    }
}
