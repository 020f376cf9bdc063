package io.github.sparklatent.vae;

import io.github.sparklatent.learn.RandomStreams.Purpose;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;

/**
 * Codes, components and bounds of log p(x) of a network whose codes are one normal distribution
 * each and whose prior has components.
 *
 * <p>q(y|x) = E_q[p(y|z)] has no closed form: it is the mean over samples of z, drawn by the row's
 * content, as many as a bound has, but at least {@link #LEAST_DRAWS}.
 */
abstract class ClusteringScorer implements KindScorer {
    /** Standard error of a responsibility: 0.0625 at most. They are not decoded. */
    private static final int LEAST_DRAWS = 64;

    private final ScoringTask task;
    private final VariationalScorer variational;
    private final LogMeanExp importance;
    private final double[] logPrior;
    private final FMatrixRMaj codes = new FMatrixRMaj(0, 0);
    private final DMatrixRMaj mean = new DMatrixRMaj(0, 0);

    ClusteringScorer(ScoringTask task) {
        this.task = task;
        this.variational = new VariationalScorer(Kind.VARIATIONAL, task);
        this.importance = new LogMeanExp(task.maxRows());
        this.logPrior = new double[Math.max(task.maxRows(), DrawnCodes.ROWS_TOGETHER)];
    }

    /** What the model says of the components of codes, K × n, columns of sum 1; a buffer. */
    abstract DMatrixRMaj shares(float[] parameters, FMatrixRMaj z);

    /** density[i] ← log p(z_i), in nats. */
    abstract void logPrior(float[] parameters, FMatrixRMaj z, double[] density);

    final ScoringTask task() {
        return task;
    }

    /** q(z|x) of the rows encoded last. */
    final Posterior posterior() {
        return variational.posterior();
    }

    /** As {@link VariationalScorer#over}. */
    final VariationalScorer variational() {
        return variational;
    }

    @Override
    public void encode(FMatrixRMaj rows, FMatrixRMaj codeMean) {
        variational.encode(rows, codeMean);
    }

    @Override
    public void encode(FMatrixRMaj rows, FMatrixRMaj codeMean, FMatrixRMaj variance) {
        variational.encode(rows, codeMean, variance);
    }

    @Override
    public void reconstruct(FMatrixRMaj rows, FMatrixRMaj restored) {
        variational.reconstruct(rows, restored);
    }

    @Override
    public void responsibilities(FMatrixRMaj rows, FMatrixRMaj responsibilities) {
        posterior().encode(task.parameters(), rows);
        DMatrixRMaj byComponent = assign(rows);
        responsibilities.reshape(rows.numRows, byComponent.numRows);
        for (int k = 0; k < byComponent.numRows; k++) {
            for (int i = 0; i < rows.numRows; i++) {
                responsibilities.data[i * byComponent.numRows + k] =
                        (float) byComponent.data[k * rows.numRows + i];
            }
        }
    }

    /**
     * q(y|x) of the rows encoded last.
     *
     * @param rows what the draws follow from
     * @return K × n, a buffer
     */
    final DMatrixRMaj assign(FMatrixRMaj rows) {
        RandomGenerator[] noise =
                task.streams().ofContent(rows, task.options().seed(), Purpose.LATENT_NOISE);
        int draws = Math.max(LEAST_DRAWS, task.options().samples());
        int latent = posterior().latent();
        codes.reshape(rows.numRows, latent);
        mean.reshape(components(), rows.numRows);
        mean.zero();
        for (int draw = 0; draw < draws; draw++) {
            for (int at = 0; at < codes.getNumElements(); at++) {
                float epsilon = (float) noise[at / latent].nextGaussian();
                codes.data[at] = posterior().mean()[at] + posterior().deviation()[at] * epsilon;
            }
            double[] shares = shares(task.parameters(), codes).data;
            for (int at = 0; at < mean.getNumElements(); at++) {
                mean.data[at] += shares[at] / draws;
            }
        }
        return mean;
    }

    /** log 1/S Σ_s p(x, z_s) / q(z_s | x), p(z) = Σ_y p(y) p(z|y). */
    @Override
    public void logLikelihood(
            FMatrixRMaj rows, FMatrixRMaj target, int samples, double[] logLikelihood) {
        importance.clear();
        variational.over(samples, rows, target, this::addImportance);
        for (int i = 0; i < rows.numRows; i++) {
            logLikelihood[i] = importance.value(i);
        }
    }

    private void addImportance(CodeSamples drawn) {
        Posterior q = posterior();
        logPrior(task.parameters(), drawn.codes(), logPrior);
        for (int s = 0; s < drawn.samples(); s++) {
            for (int i = 0; i < q.rows(); i++) {
                double ratio = logPrior[s * q.rows() + i] - logPosterior(drawn, i, s);
                importance.add(i, drawn.density(q, i, s) + ratio);
            }
        }
    }

    /** log q(z|x) of a sample: what the mean over q is minus the entropy of. */
    private double logPosterior(CodeSamples drawn, int row, int sample) {
        Posterior q = posterior();
        double sum = -q.entropy(row);
        for (int j = 0; j < q.latent(); j++) {
            double epsilon = drawn.noise(q, row, sample, j);
            sum += 0.5 * (1 - epsilon * epsilon);
        }
        return sum;
    }

    /** reconstruction ← E_q[−log p(x|z)] of the rows, by the samples that the options name. */
    final void reconstruction(
            FMatrixRMaj rows,
            FMatrixRMaj target,
            double[] reconstruction,
            Consumer<CodeSamples> further) {
        int count = task.options().samples();
        Arrays.fill(reconstruction, 0, rows.numRows, 0);
        variational.over(
                count,
                rows,
                target,
                drawn -> {
                    drawn.addDensity(posterior(), reconstruction);
                    further.accept(drawn);
                });
        for (int i = 0; i < rows.numRows; i++) {
            reconstruction[i] /= -count;
        }
    }
}
