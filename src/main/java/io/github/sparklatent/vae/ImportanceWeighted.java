package io.github.sparklatent.vae;

import org.ejml.data.FMatrixRMaj;

/**
 * The gradient of minus the importance-weighted bound (Burda, Grosse and Salakhutdinov 2016, eq. 8
 * and 14), through z = μ + σ ε:
 *
 * <pre>
 *   log w_s = log p(x | z_s) − β r_s,   r_s = log q(z_s | x) − log p(z_s)
 *           = log p(x | z_s) − β ½ Σ_j (z_j² − ε_j² − log σ_j²)
 *   loss = −log 1/L Σ_s w_s,   ∂loss = −Σ_s w̃_s ∂log w_s,   w̃_s = w_s / Σ_t w_t
 * </pre>
 *
 * The weights need all densities first: where the samples do not fit one pass they are decoded
 * twice.
 */
final class ImportanceWeighted implements Estimator {
    private final float[] scale;
    private final double[] shares;
    private final LogMeanExp sums;

    ImportanceWeighted(int maxRows, int samples) {
        this.scale = new float[maxRows * samples];
        this.shares = new double[maxRows * samples];
        this.sums = new LogMeanExp(maxRows);
    }

    @Override
    public void differentiate(BatchStep step) {
        CodeSamples samples = step.samples();
        samples.decodeAll(step.parameters(), step.posterior(), step.target());
        double beta = step.pressure()[0];
        shareOut(step, beta);
        if (samples.onePass()) {
            goBack(step, beta);
        } else {
            int next = 0;
            while (next < samples.samples()) {
                next = samples.decode(step.parameters(), step.posterior(), step.target(), next);
                goBack(step, beta);
            }
        }
        addLogVariances(step, beta);
    }

    /** Finds w_i / Σ w · w̃_is, at s n + i. */
    private void shareOut(BatchStep step, double beta) {
        CodeSamples samples = step.samples();
        Posterior posterior = step.posterior();
        sums.clear();
        for (int k = 0; k < samples.samples() * step.rows(); k++) {
            int i = k % step.rows();
            int s = k / step.rows();
            double ratio = samples.logRatio(posterior, i, s);
            shares[k] = samples.density(posterior, i, s) - beta * ratio;
            sums.add(i, shares[k]);
        }
        for (int k = 0; k < samples.samples() * step.rows(); k++) {
            int i = k % step.rows();
            shares[k] = step.shares()[i] * StrictMath.exp(shares[k] - sums.logSum(i));
        }
    }

    /** Through the samples of the last pass. */
    private void goBack(BatchStep step, double beta) {
        CodeSamples samples = step.samples();
        int from = samples.first() * step.rows();
        int length = samples.count() * step.rows();
        for (int k = 0; k < length; k++) {
            scale[k] = (float) -shares[from + k];
        }
        FMatrixRMaj slopes =
                samples.backward(step.parameters(), step.target(), scale, step.gradient(), true);
        int latent = step.latent();
        for (int k = 0; k < length; k++) {
            float weight = (float) (beta * shares[from + k]);
            for (int j = k * latent; j < (k + 1) * latent; j++) {
                slopes.data[j] += weight * samples.codes().data[j]; // of β ½ z²
            }
        }
        samples.toHeads(slopes, step.posterior(), step.headGradient());
    }

    /** Of −β ½ log σ², whose weights over the samples add up to 1. */
    private static void addLogVariances(BatchStep step, double beta) {
        int latent = step.latent();
        for (int i = 0; i < step.rows(); i++) {
            float slope = (float) (-0.5 * beta * step.shares()[i]);
            int from = (i * 2 + 1) * latent;
            for (int j = from; j < from + latent; j++) {
                step.headGradient().data[j] += slope;
            }
        }
    }
}
