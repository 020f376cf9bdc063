package io.github.sparklatent.vae;

/**
 * The gradient of −ELBO by that of log q(z|x) (Ranganath, Gerrish and Blei 2014), each sample's
 * baseline the mean of the other samples of its row (Kool, van Hoof and Welling 2019):
 *
 * <pre>
 *   f_s = log p(x | z_s) + Σ_j β_j (log p(z_sj) − log q(z_sj | x))
 *   ∂loss/∂φ = −1/L Σ_s (f_s − 1/(L−1) Σ_t≠s f_t) ∂log q(z_s | x)/∂φ
 *            = −1/(L−1) Σ_s (f_s − f̄) ∂log q(z_s | x)/∂φ
 *   ∂log q/∂μ = ε / σ,   ∂log q/∂log σ² = ½ (ε² − 1)
 * </pre>
 *
 * The decoder's part is the plain mean over the samples.
 */
final class ScoreFunction implements Estimator {
    private final float[] scale;
    private final double[] signal;

    ScoreFunction(int maxRows, int samples) {
        this.scale = new float[maxRows * samples];
        this.signal = new double[samples];
    }

    @Override
    public void differentiate(BatchStep step) {
        CodeSamples samples = step.samples();
        for (int s = 0; s < samples.samples(); s++) {
            for (int i = 0; i < step.rows(); i++) {
                scale[s * step.rows() + i] = -step.shares()[i] / samples.samples();
            }
        }
        int next = 0;
        while (next < samples.samples()) {
            next = samples.decode(step.parameters(), step.posterior(), step.target(), next);
            samples.backward(step.parameters(), step.target(), scale, step.gradient(), false);
        }
        for (int i = 0; i < step.rows(); i++) {
            addRow(step, i);
        }
    }

    private void addRow(BatchStep step, int row) {
        int count = signal.length;
        double mean = 0;
        for (int s = 0; s < count; s++) {
            signal[s] = signal(step, row, s);
            mean += signal[s] / count;
        }
        int latent = step.latent();
        float[] deviation = step.posterior().deviation();
        float[] to = step.headGradient().data;
        for (int s = 0; s < count; s++) {
            double weight = -step.shares()[row] * (signal[s] - mean) / (count - 1);
            for (int j = 0; j < latent; j++) {
                double epsilon = step.samples().noise(step.posterior(), row, s, j);
                to[row * 2 * latent + j] +=
                        (float) (weight * epsilon / deviation[row * latent + j]);
                to[(row * 2 + 1) * latent + j] += (float) (weight * 0.5 * (epsilon * epsilon - 1));
            }
        }
    }

    /** f_s. */
    private static double signal(BatchStep step, int row, int sample) {
        Posterior posterior = step.posterior();
        double signal = step.samples().density(posterior, row, sample);
        for (int j = 0; j < step.latent(); j++) {
            double epsilon = step.samples().noise(posterior, row, sample, j);
            signal -= step.pressure()[j] * posterior.logRatio(row, j, epsilon);
        }
        return signal;
    }
}
