package io.github.sparklatent.vae.latent;

import io.github.sparklatent.linalg.FloatFunctions;
import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.nn.Gradient;
import io.github.sparklatent.nn.SoftBound;
import io.github.sparklatent.vae.model.Networks;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * q(z|x) = N(μ, L Lᵀ) of each row of a batch, from the encoder's heads μ and log σ², where σ is the diagonal of the
 * lower triangular matrix L. log σ² is within the bound {@link SoftBound#LOG_VARIANCE}. If the encoder has more
 * outputs, they are the entries of L below its diagonal; else the covariance is diagonal. An object holds the buffers
 * of one task: three of n × l and two as large as the encoder's outputs, besides the buffers of the encoder.
 */
public final class GaussianPosterior extends Posterior {
    private static final double LOG_TWO_PI = StrictMath.log(2 * Math.PI);

    private final float[] logVariance;
    private final double[] score;

    /**
     * Creates the buffers of one task.
     *
     * @param maxRows largest number of rows of a batch
     * @param products matrix products, whose buffers the networks of the task share
     */
    public GaussianPosterior(Networks networks, int maxRows, FloatProducts products) {
        super(networks, maxRows, 1, networks.encoder().outputs() - 2 * networks.latent(), products);
        this.logVariance = new float[maxRows * latent];
        this.score = new double[latent];
    }

    /** Returns log σ², laid out as {@link #mean}. */
    public float[] logVariance() {
        return logVariance;
    }

    @Override
    public void means(FMatrixRMaj to, int at) {
        System.arraycopy(mean, 0, to.data, at * latent, rows * latent);
    }

    /** Writes Σ_k L_jk². */
    @Override
    public void variances(FMatrixRMaj to, int at) {
        int from = at * latent;
        FloatFunctions.exp(logVariance, 0, to.data, from, rows * latent);
        for (int k = 0; below.length > 0 && k < rows * latent; k++) {
            to.data[from + k] += (float) squaresBelow(k / latent, k % latent);
        }
    }

    @Override
    public void draw(RandomGenerator[] random, FMatrixRMaj codes) {
        drawNoise(random, 1);
        codes.reshape(rows, latent);
        copyCodes(0, codes, 0);
    }

    /** Returns Σ_k L_jk² below the diagonal. */
    private double squaresBelow(int row, int dimension) {
        double sum = 0;
        if (below.length > 0) {
            int from = belowAt(row, dimension);
            for (int at = from; at < from + dimension; at++) {
                double entry = below[at];
                sum += entry * entry;
            }
        }
        return sum;
    }

    @Override
    public void encode(float[] parameters, FMatrixRMaj input) {
        FMatrixRMaj outputs = encoder.forward(parameters, input);
        rows = input.numRows;
        int rest = heads - 2 * latent;
        for (int i = 0; i < rows; i++) {
            int from = i * heads;
            System.arraycopy(outputs.data, from, mean, i * latent, latent);
            System.arraycopy(outputs.data, from + latent, logVariance, i * latent, latent);
            System.arraycopy(outputs.data, from + 2 * latent, below, i * rest, rest);
        }
        int length = rows * latent;
        SoftBound.LOG_VARIANCE.apply(logVariance, 0, length);
        for (int i = 0; i < length; i++) {
            deviation[i] = 0.5f * logVariance[i];
        }
        FloatFunctions.exp(deviation, 0, deviation, 0, length);
    }

    /**
     * Returns KL(q(z | x_i) || N(0, I)), in nats.
     *
     * <pre>
     *   ½ Σ_j (μ_j² + Σ_k≤j L_jk² − log σ_j² − 1)
     * </pre>
     */
    public double divergence(int row) {
        double sum = 0;
        for (int j = 0; j < latent; j++) {
            int at = row * latent + j;
            double m = mean[at];
            double s = deviation[at];
            sum += 0.5 * (m * m + s * s + squaresBelow(row, j) - logVariance[at] - 1);
        }
        return sum;
    }

    /** Returns the entropy of q(z | x_i), ½ Σ_j (1 + log 2π + log σ_j²), in nats. */
    public double entropy(int row) {
        double sum = 0;
        for (int j = 0; j < latent; j++) {
            sum += 0.5 * (1 + LOG_TWO_PI + logVariance[row * latent + j]);
        }
        return sum;
    }

    /** Returns log q(z | x_i) of a sample. */
    public double logDensity(int row, int sample) {
        double sum = -entropy(row);
        for (int j = 0; j < latent; j++) {
            double epsilon = noise(row, sample, j);
            sum += 0.5 * (1 - epsilon * epsilon);
        }
        return sum;
    }

    @Override
    public double logRatio(int row, int sample, int dimension) {
        double z = code(row, sample, dimension);
        double epsilon = noise(row, sample, dimension);
        return 0.5 * (z * z - epsilon * epsilon - logVariance[row * latent + dimension]);
    }

    /**
     * Adds the derivative of weight · log q(z | x_i) by the heads, at a fixed z = μ + L ε.
     *
     * <pre>
     *   Lᵀ g = ε
     *   ∂/∂μ_j = g_j,   ∂/∂log σ_j² = ½ (σ_j g_j ε_j − 1),   ∂/∂L_jk = g_j ε_k
     * </pre>
     *
     * @param epsilon l numbers. Not modified.
     */
    public void addScore(int row, double weight, double[] epsilon) {
        System.arraycopy(epsilon, 0, score, 0, latent);
        int from = row * heads;
        for (int j = latent - 1; j >= 0; j--) {
            double sigma = deviation[row * latent + j];
            double g = score[j] / sigma;
            headGradient.data[from + j] += (float) (weight * g);
            headGradient.data[from + latent + j] += (float) (weight * 0.5 * (sigma * g * epsilon[j] - 1));
            for (int k = 0; below.length > 0 && k < j; k++) {
                int at = belowAt(0, j) + k;
                score[k] -= below[belowAt(row, j) + k] * g;
                headGradient.data[from + 2 * latent + at] += (float) (weight * g * epsilon[k]);
            }
        }
    }

    /**
     * Adds the derivative of β Σ_i share_i KL_i at the heads: ∂KL/∂μ = μ, ∂KL/∂log σ² = ½ (σ² − 1), ∂KL/∂L_jk = L_jk.
     *
     * @param shares share of each row in the batch; only the first n entries are used
     * @param klWeight β
     */
    public void addDivergence(float[] shares, double klWeight) {
        for (int i = 0; i < rows; i++) {
            float weight = (float) (shares[i] * klWeight);
            for (int j = 0; j < latent; j++) {
                int at = i * latent + j;
                headGradient.data[i * heads + j] += weight * mean[at];
                headGradient.data[i * heads + latent + j] += weight * 0.5f * (deviation[at] * deviation[at] - 1f);
                int to = i * heads + 2 * latent + belowAt(0, j);
                for (int k = 0; below.length > 0 && k < j; k++) {
                    headGradient.data[to + k] += weight * below[belowAt(i, j) + k];
                }
            }
        }
    }

    /**
     * Adds the derivative of −½ weight Σ_i share_i Σ_j log σ_ij², the negative entropy without constants.
     *
     * @param shares share of each row in the batch; only the first n entries are used
     */
    public void addEntropy(float[] shares, double weight) {
        for (int i = 0; i < rows; i++) {
            float slope = (float) (0.5 * weight * shares[i]);
            for (int j = 0; j < latent; j++) {
                headGradient.data[i * heads + latent + j] -= slope;
            }
        }
    }

    @Override
    public void backward(float[] parameters, Gradient gradient) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < latent; j++) {
                headGradient.data[i * heads + latent + j] *= SoftBound.LOG_VARIANCE.slope(logVariance[i * latent + j]);
            }
        }
        encoder.backward(parameters, headGradient, gradient, false);
    }
}
