package io.github.sparklatent.vae.latent;

import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.vae.model.Networks;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * log q(z|x) − log p(z) of L codes of every component of a mixture posterior, and sums over them. The expectation over
 * q is Σ_k α_k times the mean over component k: the sum over k is exact (Morningstar et al. 2021, eq. 9).
 *
 * <p>The draws of a row come from its stream, sample by sample and component by component.
 */
public final class StratifiedSamples {
    private final MixturePosterior posterior;
    private final PriorDensity prior;
    private final RandomGenerator[] streams;
    private final FMatrixRMaj codes = new FMatrixRMaj(0, 0);
    private double[] logPosterior = new double[0];
    private double[] logPrior = new double[0];

    /**
     * Creates the buffers of one task.
     *
     * @param maxRows largest number of rows of a batch
     * @param products matrix products, whose buffers the networks of the task share
     */
    public StratifiedSamples(Networks networks, int maxRows, FloatProducts products) {
        this.prior = new PriorDensity(networks);
        this.posterior = new MixturePosterior(networks, maxRows, products);
        this.streams = new RandomGenerator[posterior.components() * maxRows];
    }

    public MixturePosterior posterior() {
        return posterior;
    }

    public PriorDensity prior() {
        return prior;
    }

    /**
     * Returns the streams of the proposal's rows; the array is a buffer.
     *
     * @param rows a stream for each row of the batch
     */
    public RandomGenerator[] strata(RandomGenerator[] rows) {
        for (int row = 0; row < posterior.rows(); row++) {
            streams[row] = rows[row % posterior.batch()];
        }
        return streams;
    }

    /** Prepares the buffers for the given number of samples of each component. */
    public void expect(int samples) {
        int length = samples * posterior.rows();
        if (logPosterior.length < length) {
            logPosterior = new double[length];
            logPrior = new double[length];
        }
    }

    /**
     * Computes log p(z) and log q(z|x) of codes, which are in the order of the proposal's rows.
     *
     * @param sample index of the sample to which the first codes belong
     */
    public void measure(float[] parameters, FMatrixRMaj some, int sample) {
        int at = sample * posterior.rows();
        prior.logDensity(parameters, some, posterior.encoded(), logPrior, at);
        posterior.logDensity(some, logPosterior, at);
    }

    /** Computes log p(z) and log q(z|x) of the codes of all samples. */
    public void measureAll(float[] parameters, CodeSamples samples) {
        expect(samples.samples());
        codes.reshape(posterior.rows(), posterior.latent());
        for (int s = 0; s < samples.samples(); s++) {
            samples.copyCodes(s, codes, 0);
            measure(parameters, codes, s);
        }
    }

    /** Returns log q(z|x) − log p(z) of a sample of a row of the proposal. */
    public double logRatio(int row, int sample) {
        int at = sample * posterior.rows() + row;
        return logPosterior[at] - logPrior[at];
    }

    /**
     * Adds −α_k log p(x_i|z) of all components and samples to reconstruction_i, and α_k (log q(z|x_i) − log p(z)) to
     * divergence_i. All samples must have been decoded and measured.
     */
    public void add(CodeSamples samples, double[] reconstruction, double[] divergence) {
        int n = posterior.batch();
        for (int row = 0; row < posterior.rows(); row++) {
            double weight = posterior.weights().data[row];
            for (int s = 0; s < samples.samples(); s++) {
                reconstruction[row % n] -= weight * samples.density(row, s);
                divergence[row % n] += weight * logRatio(row, s);
            }
        }
    }

    /**
     * Passes on α_k p(x_i, z) / q(z|x_i) of all components and samples. All samples must have been decoded and
     * measured.
     */
    public void addImportance(CodeSamples samples, LogMeanExp weights) {
        for (int row = 0; row < posterior.rows(); row++) {
            for (int s = 0; s < samples.samples(); s++) {
                double joint = samples.density(row, s) - logRatio(row, s);
                weights.add(
                        row % posterior.batch(),
                        s * posterior.rows() + row,
                        posterior.logWeights()[row] + joint);
            }
        }
    }
}
