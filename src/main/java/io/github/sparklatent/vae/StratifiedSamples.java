package io.github.sparklatent.vae;

import io.github.sparklatent.linalg.FloatProducts;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * log q(z|x) − log p(z) of codes that are drawn from every component of a mixture posterior, L of
 * each, and sums over all of them: the mean over q is Σ_k α_k of the means over its components,
 * exact in k (Morningstar et al. 2021, eq. 9).
 *
 * <p>The draws of one row are those of its stream, sample by sample and component by component.
 */
final class StratifiedSamples {
    private final MixturePosterior posterior;
    private final MixtureDensity prior;
    private final RandomGenerator[] streams;
    private final FMatrixRMaj codes = new FMatrixRMaj(0, 0);
    private double[] logPosterior = new double[0];
    private double[] logPrior = new double[0];

    StratifiedSamples(Networks networks, int maxRows, FloatProducts products) {
        this.prior = new MixtureDensity(networks);
        this.posterior = new MixturePosterior(networks, prior.components(), maxRows, products);
        this.streams = new RandomGenerator[prior.components() * maxRows];
    }

    MixturePosterior posterior() {
        return posterior;
    }

    MixtureDensity prior() {
        return prior;
    }

    /**
     * The streams of rows for the components of each.
     *
     * @param rows a stream for each row of the batch
     */
    RandomGenerator[] strata(RandomGenerator[] rows) {
        for (int row = 0; row < posterior.rows(); row++) {
            streams[row] = rows[row % posterior.batch()];
        }
        return streams;
    }

    /** Makes room for the figures of so many samples of each component. */
    void expect(int samples) {
        int length = samples * posterior.rows();
        if (logPosterior.length < length) {
            logPosterior = new double[length];
            logPrior = new double[length];
        }
    }

    /** The densities of codes, rows of the proposal in order, from a sample on. */
    void measure(float[] parameters, FMatrixRMaj some, int sample) {
        int at = sample * posterior.rows();
        prior.logDensity(parameters, some, logPrior, at);
        posterior.logDensity(some, logPosterior, at);
    }

    /** The densities of the codes of all samples. */
    void measureAll(float[] parameters, CodeSamples samples) {
        expect(samples.samples());
        codes.reshape(posterior.rows(), posterior.latent());
        for (int s = 0; s < samples.samples(); s++) {
            samples.copyCodes(posterior, s, codes, 0);
            measure(parameters, codes, s);
        }
    }

    /** log q(z|x) − log p(z) of a sample of a row of the proposal. */
    double logRatio(int row, int sample) {
        int at = sample * posterior.rows() + row;
        return logPosterior[at] - logPrior[at];
    }

    /**
     * Adds up, over components and samples: reconstruction_i ← … − α_k log p(x_i|z), divergence_i ←
     * … + α_k (log q(z|x_i) − log p(z)). All samples have been decoded and measured.
     */
    void add(CodeSamples samples, double[] reconstruction, double[] divergence) {
        int n = posterior.batch();
        for (int row = 0; row < posterior.rows(); row++) {
            double weight = posterior.weights().data[row];
            for (int s = 0; s < samples.samples(); s++) {
                reconstruction[row % n] -= weight * samples.density(posterior, row, s);
                divergence[row % n] += weight * logRatio(row, s);
            }
        }
    }

    /**
     * Adds α_k p(x_i, z) / q(z|x_i) of all components and samples, decoded and measured: each term
     * of a row once for each sample.
     */
    void addImportance(CodeSamples samples, LogMeanExp sums) {
        for (int row = 0; row < posterior.rows(); row++) {
            for (int s = 0; s < samples.samples(); s++) {
                double joint = samples.density(posterior, row, s) - logRatio(row, s);
                sums.add(row % posterior.batch(), posterior.logWeights()[row] + joint);
            }
        }
    }
}
