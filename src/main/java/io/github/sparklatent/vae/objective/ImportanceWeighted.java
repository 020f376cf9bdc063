package io.github.sparklatent.vae.objective;

import io.github.sparklatent.vae.latent.CodeSamples;
import io.github.sparklatent.vae.latent.GaussianPosterior;
import io.github.sparklatent.vae.latent.LogMeanExp;
import io.github.sparklatent.vae.latent.RowBatch;
import org.ejml.data.FMatrixRMaj;

/**
 * The gradient of minus the importance-weighted bound through z = μ + L ε (Burda, Grosse and Salakhutdinov 2016, eq. 8
 * and 14):
 *
 * <pre>
 *   log w_s = log p(x | z_s) − β r_s,   r_s = log q(z_s | x) − log p(z_s)
 *           = log p(x | z_s) − β ½ Σ_j (z_j² − ε_j² − log σ_j²)
 *   loss = −log 1/L Σ_s w_s,   ∂loss = −Σ_s w̃_s ∂log w_s,   w̃_s = w_s / Σ_t w_t
 * </pre>
 *
 * The weights need all densities first: if the samples are not decoded together, they are decoded twice.
 */
final class ImportanceWeighted implements Estimator {
    private final StandardNormalTerm term;
    private final float[] scale;
    private final double[] shares;
    private final LogMeanExp sums;

    ImportanceWeighted(StandardNormalTerm term, int maxRows, int samples) {
        this.term = term;
        this.scale = new float[maxRows * samples];
        this.shares = new double[maxRows * samples];
        this.sums = new LogMeanExp(maxRows);
    }

    @Override
    public void differentiate(RowBatch batch, GaussianPosterior posterior, CodeSamples samples, float[] gradient) {
        samples.decodeAll(batch.parameters(), batch.target());
        double beta = term.klWeight();
        computeShares(batch, posterior, samples, beta);
        if (samples.allTogether()) {
            backward(batch, posterior, samples, beta, gradient);
        } else {
            int next = 0;
            while (next < samples.samples()) {
                next = samples.decode(batch.parameters(), batch.target(), next);
                backward(batch, posterior, samples, beta, gradient);
            }
        }
        posterior.addEntropy(batch.shares(), beta); // its weights over the samples add up to 1
    }

    /** Writes share_i w̃_is to the entry s n + i of the scale. */
    private void computeShares(RowBatch batch, GaussianPosterior posterior, CodeSamples samples, double beta) {
        int n = batch.size();
        sums.clear();
        for (int k = 0; k < samples.samples() * n; k++) {
            double ratio = samples.logRatio(posterior, k % n, k / n);
            shares[k] = samples.density(k % n, k / n) - beta * ratio;
            sums.add(k % n, shares[k]);
        }
        for (int k = 0; k < samples.samples() * n; k++) {
            shares[k] = batch.shares()[k % n] * StrictMath.exp(shares[k] - sums.logSum(k % n));
        }
    }

    /** Propagates the gradient of the samples that were decoded last. */
    private void backward(
            RowBatch batch, GaussianPosterior posterior, CodeSamples samples, double beta, float[] gradient) {
        int from = samples.first() * batch.size();
        int length = samples.count() * batch.size();
        for (int k = 0; k < length; k++) {
            scale[k] = (float) -shares[from + k];
        }
        FMatrixRMaj slopes = samples.backward(batch.parameters(), batch.target(), scale, gradient, true);
        int latent = posterior.latent();
        for (int k = 0; k < length; k++) {
            float weight = (float) (beta * shares[from + k]);
            for (int j = k * latent; j < (k + 1) * latent; j++) {
                slopes.data[j] += weight * samples.codes().data[j]; // of β ½ z²
            }
        }
        samples.toHeads(slopes, posterior.headGradient());
    }

    /** Returns minus the bound. Rows must be requested in order; the first call sums up all rows. */
    @Override
    public double loss(GaussianPosterior posterior, CodeSamples samples, int row, double weighted) {
        if (row == 0) {
            int n = posterior.rows();
            sums.clear();
            for (int k = 0; k < samples.samples() * n; k++) {
                double ratio = samples.logRatio(posterior, k % n, k / n);
                sums.add(k % n, samples.density(k % n, k / n) - term.weight() * ratio);
            }
        }
        return -sums.value(row);
    }
}
