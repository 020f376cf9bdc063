package io.github.sparklatent.vae.latent;

import io.github.sparklatent.linalg.FloatFunctions;
import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.nn.Gradient;
import io.github.sparklatent.nn.Layer;
import io.github.sparklatent.nn.SoftBound;
import io.github.sparklatent.vae.model.Networks;
import org.ejml.data.FMatrixRMaj;

/**
 * q(z|x) = N(μ, diag σ²) of each row of a batch, from the encoder's two heads μ and log σ², the
 * latter within the bound {@link SoftBound#LOG_VARIANCE}. An object holds the buffers of one task:
 * three of n × l and one of n × 2l, besides the buffers of the encoder.
 */
public final class GaussianPosterior implements Proposal {
    private static final double LOG_TWO_PI = StrictMath.log(2 * Math.PI);

    private final int latent;
    private final Layer.Worker encoder;
    private final FMatrixRMaj headGradient;
    private final float[] mean;
    private final float[] logVariance;
    private final float[] deviation;
    private int rows;

    /**
     * Creates the buffers of one task.
     *
     * @param maxRows largest number of rows of a batch
     * @param products matrix products, whose buffers the networks of the task share
     */
    public GaussianPosterior(Networks networks, int maxRows, FloatProducts products) {
        this.latent = networks.latent();
        this.encoder = networks.encoder().worker(maxRows, 0, products);
        this.headGradient = new FMatrixRMaj(maxRows, 2 * latent);
        this.mean = new float[maxRows * latent];
        this.logVariance = new float[maxRows * latent];
        this.deviation = new float[maxRows * latent];
    }

    @Override
    public int latent() {
        return latent;
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public float[] mean() {
        return mean;
    }

    /** Returns log σ², laid out as {@link #mean}. */
    public float[] logVariance() {
        return logVariance;
    }

    @Override
    public float[] deviation() {
        return deviation;
    }

    /** Encodes a batch, n × d, and clears the gradient at the heads. */
    public void encode(float[] parameters, FMatrixRMaj input) {
        FMatrixRMaj heads = encoder.forward(parameters, input);
        rows = input.numRows;
        for (int i = 0; i < rows; i++) {
            System.arraycopy(heads.data, i * 2 * latent, mean, i * latent, latent);
            System.arraycopy(heads.data, (i * 2 + 1) * latent, logVariance, i * latent, latent);
        }
        int length = rows * latent;
        SoftBound.LOG_VARIANCE.apply(logVariance, 0, length);
        for (int i = 0; i < length; i++) {
            deviation[i] = 0.5f * logVariance[i];
        }
        FloatFunctions.exp(deviation, 0, deviation, 0, length);
        headGradient.reshape(rows, 2 * latent);
        headGradient.zero();
    }

    /** Returns KL(q(z_j | x_i) || N(0, 1)) = ½ (μ² + σ² − log σ² − 1), in nats. */
    public double divergence(int row, int dimension) {
        int at = row * latent + dimension;
        double m = mean[at];
        double s = deviation[at];
        return 0.5 * (m * m + s * s - logVariance[at] - 1);
    }

    /** Returns KL(q(z | x_i) || N(0, I)), in nats. */
    public double divergence(int row) {
        double sum = 0;
        for (int j = 0; j < latent; j++) {
            sum += divergence(row, j);
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

    /** Returns log q(z_j | x_i) − log N(z_j; 0, 1) = ½ (z² − ε² − log σ²) at z = μ + σ ε. */
    public double logRatio(int row, int dimension, double epsilon) {
        int at = row * latent + dimension;
        double z = mean[at] + deviation[at] * epsilon;
        return 0.5 * (z * z - epsilon * epsilon - logVariance[at]);
    }

    /**
     * Returns the derivative of the loss at the heads, n × 2l, to be added to: columns 0 to l − 1
     * for μ, l to 2l − 1 for log σ².
     */
    public FMatrixRMaj headGradient() {
        return headGradient;
    }

    /**
     * Adds the derivative of Σ_i share_i Σ_j β_j KL_ij at the heads: ∂KL/∂μ = μ, ∂KL/∂log σ² = ½
     * (σ² − 1).
     *
     * @param shares share of each row in the batch; only the first n entries are used
     * @param klWeights β, l numbers
     */
    public void addDivergence(float[] shares, double[] klWeights) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < latent; j++) {
                int at = i * latent + j;
                float weight = (float) (shares[i] * klWeights[j]);
                headGradient.data[i * 2 * latent + j] += weight * mean[at];
                headGradient.data[(i * 2 + 1) * latent + j] +=
                        weight * 0.5f * (deviation[at] * deviation[at] - 1f);
            }
        }
    }

    /**
     * Adds the derivative of −½ Σ_i share_i Σ_j log σ_ij², the negative entropy without constants.
     *
     * @param shares share of each row in the batch; only the first n entries are used
     */
    public void addEntropy(float[] shares) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < latent; j++) {
                headGradient.data[(2 * i + 1) * latent + j] -= 0.5f * shares[i];
            }
        }
    }

    /**
     * Propagates the gradient at the heads, which is overwritten, back through the encoder.
     *
     * @param gradient derivatives with respect to all parameters; the encoder's part is written
     */
    public void backward(float[] parameters, float[] gradient) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < latent; j++) {
                headGradient.data[(2 * i + 1) * latent + j] *=
                        SoftBound.LOG_VARIANCE.slope(logVariance[i * latent + j]);
            }
        }
        encoder.backward(parameters, headGradient, Gradient.writtenTo(gradient), false);
    }
}
