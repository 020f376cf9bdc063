package io.github.sparklatent.vae.objective;

import io.github.sparklatent.vae.latent.CodeSamples;
import io.github.sparklatent.vae.latent.GaussianPosterior;
import io.github.sparklatent.vae.latent.RowBatch;

/**
 * The gradient of −ELBO by the derivative of log q(z|x) (Ranganath, Gerrish and Blei 2014). The baseline of a sample is
 * the mean of the other samples of its row (Kool, van Hoof and Welling 2019):
 *
 * <pre>
 *   f_s = log p(x | z_s) + Σ_j β_j (log p(z_sj) − log q(z_sj | x))
 *   ∂loss/∂φ = −1/L Σ_s (f_s − 1/(L−1) Σ_t≠s f_t) ∂log q(z_s | x)/∂φ
 *            = −1/(L−1) Σ_s (f_s − f̄) ∂log q(z_s | x)/∂φ
 * </pre>
 *
 * The decoder's gradient is the mean over the samples.
 */
final class ScoreFunction implements Estimator {
    private final StandardNormalTerm term;
    private final float[] scale;
    private final double[] signal;
    private final double[] epsilon;

    ScoreFunction(StandardNormalTerm term, int latent, int maxRows, int samples) {
        this.term = term;
        this.scale = new float[maxRows * samples];
        this.signal = new double[samples];
        this.epsilon = new double[latent];
    }

    @Override
    public void differentiate(RowBatch batch, GaussianPosterior posterior, CodeSamples samples, float[] gradient) {
        Estimator.fillScale(batch, samples, scale);
        int next = 0;
        while (next < samples.samples()) {
            next = samples.decode(batch.parameters(), batch.target(), next);
            samples.backward(batch.parameters(), batch.target(), scale, gradient, false);
        }
        for (int i = 0; i < batch.size(); i++) {
            addRow(batch.shares()[i], posterior, samples, i);
        }
    }

    private void addRow(float share, GaussianPosterior posterior, CodeSamples samples, int row) {
        int count = signal.length;
        double mean = 0;
        for (int s = 0; s < count; s++) {
            signal[s] = signal(posterior, samples, row, s);
            mean += signal[s] / count;
        }
        for (int s = 0; s < count; s++) {
            for (int j = 0; j < epsilon.length; j++) {
                epsilon[j] = samples.noise(row, s, j);
            }
            posterior.addScore(row, -share * (signal[s] - mean) / (count - 1), epsilon);
        }
    }

    /** Returns the signal f_s of one sample of a row. */
    private double signal(GaussianPosterior posterior, CodeSamples samples, int row, int sample) {
        double value = samples.density(row, sample);
        for (int j = 0; j < posterior.latent(); j++) {
            value -= term.klWeight() * samples.logRatio(posterior, row, sample, j);
        }
        return value;
    }
}
