package io.github.sparklatent.vae.objective;

import io.github.sparklatent.vae.latent.CodeSamples;
import io.github.sparklatent.vae.latent.MixturePosterior;
import io.github.sparklatent.vae.latent.Posterior;
import io.github.sparklatent.vae.latent.PriorDensity;
import io.github.sparklatent.vae.latent.RowBatch;
import io.github.sparklatent.vae.model.Networks;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;

/**
 * The divergence of a mixture posterior from a mixture prior in the stratified bound (Morningstar et al., Automatic
 * Differentiation Variational Inference with Mixtures, 2021, eq. 9).
 *
 * <pre>
 *   p(z) = Σ_k π_k N(z; m_k, diag s_k²),   q(z|x) = Σ_k α_k(x) N(z; μ_k(x), diag σ²(x))
 *   ELBO = Σ_k α_k E_{z ~ q_k} [ f ],   f = log p(x|z) + β (log p(z) − log q(z|x))
 * </pre>
 *
 * The sum over k is exact. Each expectation is the mean over L samples z = μ_k + σ ε, so K L codes of a row are
 * decoded. The gradient goes through α_k, through z, and through the parameters of log q and log p. The divergence is
 * an estimate and may be negative.
 */
final class StratifiedTerm extends PriorTerm {
    private final int count;
    private final MixturePosterior posterior;
    private final PriorDensity prior;
    private final double[] divergence;
    private final double[] slopes;

    /** Factors of log q(z|x) in the loss; those of log p(z) are the opposite ones. */
    private double[] weights = new double[0];

    private double[] opposite = new double[0];
    private double[] logPosterior = new double[0];
    private double[] logPrior = new double[0];

    StratifiedTerm(Networks networks, VariationalOptions options, Posterior posterior) {
        super(options);
        this.count = options.samples();
        this.posterior = (MixturePosterior) posterior;
        this.prior = new PriorDensity(networks);
        this.divergence = new double[posterior.capacity() / networks.prior().components()];
        this.slopes = new double[posterior.capacity()];
    }

    @Override
    public void begin(float[] values, FMatrixRMaj batch) {
        super.begin(values, batch);
        Arrays.fill(divergence, 0);
    }

    /** Computes the factors of each log p(z) and log q(z|x) in the loss. */
    @Override
    void drawn(RowBatch batch, CodeSamples samples) {
        super.drawn(batch, samples);
        int n = posterior.rows();
        if (batch.isTraining() && weights.length < n * count) {
            weights = new double[n * count];
            opposite = new double[n * count];
        }
        for (int r = 0; batch.isTraining() && r < n * count; r++) {
            double weight = batch.shares()[r % posterior.batch()] * posterior.weight(r % n) / count;
            weights[r] = klWeight() * weight;
            opposite[r] = -klWeight() * weight;
        }
    }

    @Override
    public void decoded(CodeSamples samples) {
        measure(samples);
    }

    @Override
    void measure(CodeSamples samples) {
        int length = samples.samples() * posterior.rows();
        if (logPosterior.length < length) {
            logPosterior = new double[length];
            logPrior = new double[length];
        }
        int at = samples.first() * posterior.rows();
        prior.logDensity(parameters, samples.codes(), rows, logPrior, at);
        posterior.logDensity(samples.codes(), logPosterior, at);
    }

    @Override
    double logRatio(CodeSamples samples, int row, int sample) {
        int at = sample * posterior.rows() + row;
        return logPosterior[at] - logPrior[at];
    }

    @Override
    public void addDivergence(CodeSamples samples) {
        for (int row = 0; row < posterior.rows(); row++) {
            for (int s = 0; s < samples.samples(); s++) {
                divergence[row % posterior.batch()] += posterior.weight(row) * logRatio(samples, row, s);
            }
        }
    }

    @Override
    void backwardCodes(RowBatch batch, CodeSamples samples, FMatrixRMaj codeGradient, float[] gradient) {
        if (samples.first() == 0) {
            prior.clear(gradient);
        }
        int at = samples.first() * posterior.rows();
        prior.addGradient(samples.codes(), opposite, at, codeGradient, gradient);
        posterior.addGradient(samples.codes(), weights, at, codeGradient);
    }

    /** Adds the gradient through α: ∂loss_i/∂α_ik = −1/L Σ_s f_iks. */
    @Override
    void backwardHeads(RowBatch batch, CodeSamples samples, float[] gradient) {
        for (int row = 0; row < posterior.rows(); row++) {
            double sum = 0;
            for (int s = 0; s < count; s++) {
                sum += samples.density(row, s) - klWeight() * logRatio(samples, row, s);
            }
            slopes[row] = -batch.shares()[row % posterior.batch()] * sum / count;
        }
        posterior.addWeightGradient(slopes);
    }

    @Override
    public double divergence(int row) {
        return divergence[row] / count;
    }

    @Override
    public DMatrixRMaj shares(FMatrixRMaj z) {
        if (logPrior.length < z.numRows) {
            logPosterior = new double[z.numRows];
            logPrior = new double[z.numRows];
        }
        prior.logDensity(parameters, z, rows, logPrior, 0);
        return prior.responsibilities();
    }
}
