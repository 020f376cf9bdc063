package io.github.sparklatent.vae.latent;

import io.github.sparklatent.linalg.FloatFunctions;
import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.linalg.LogSumExp;
import io.github.sparklatent.nn.Gradient;
import io.github.sparklatent.nn.SoftBound;
import io.github.sparklatent.vae.model.Networks;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;

/**
 * q(z|x) = Σ_k α_k N(z; μ_k, diag σ²) of each row of a batch; the components share σ². An object holds the buffers of
 * one task. The encoder's heads are K logits of α, the means (K × l) and log σ².
 *
 * <p>Codes are drawn from each component: this proposal has K n rows, and row k n + i is component k of row i of the
 * batch.
 *
 * <pre>
 *   log N(z) = −½ (l log 2π + Σ_j log σ_j² + Σ_j (z_j − μ_j)² / σ_j²)
 *   ∂/∂z_j = −(z_j − μ_j) / σ_j²,   ∂/∂μ_j = (z_j − μ_j) / σ_j²
 *   ∂/∂log σ_j² = ½ ((z_j − μ_j)² / σ_j² − 1)
 * </pre>
 *
 * The densities come from the differences z − μ, not from products of z and z² with a matrix of coefficients. If μ is
 * many σ away from 0, such products in single precision lose the digits that distinguish the components. The cost of
 * the differences is small: the decoder takes a hundred times as long.
 */
public final class MixturePosterior extends Posterior {
    private static final double LOG_TWO_PI = 1.8378770664093454836;

    private final int components;
    private final DMatrixRMaj weights;
    private final double[] logWeights;
    private final float[] logVariances;
    private final float[] precisions;

    /** −½ (l log 2π + Σ_j log σ_j²) of each row of the batch. */
    private final double[] constants;

    private final double[] logitGradient;
    private final double[] meanGradient;
    private final double[] logVarianceGradient;
    private final FMatrixRMaj outputGradient = new FMatrixRMaj(0, 0);
    private final DMatrixRMaj joint = new DMatrixRMaj(0, 0);
    private int batch;

    /**
     * Creates the buffers of one task.
     *
     * @param maxRows largest number of rows of a batch
     * @param products matrix products, whose buffers the networks of the task share
     */
    public MixturePosterior(Networks networks, int maxRows, FloatProducts products) {
        super(networks, maxRows, networks.prior().components(), 0, products);
        this.components = networks.prior().components();
        this.weights = new DMatrixRMaj(components, maxRows);
        this.logWeights = new double[components * maxRows];
        this.logVariances = new float[maxRows * latent];
        this.precisions = new float[maxRows * latent];
        this.constants = new double[maxRows];
        this.logitGradient = new double[components * maxRows];
        this.meanGradient = new double[components * maxRows * latent];
        this.logVarianceGradient = new double[maxRows * latent];
    }

    @Override
    public int batch() {
        return batch;
    }

    /** Returns α, K × n. */
    public DMatrixRMaj weights() {
        return weights;
    }

    @Override
    public double weight(int row) {
        return weights.data[row];
    }

    @Override
    public double logWeight(int row) {
        return logWeights[row];
    }

    @Override
    public void encode(float[] parameters, FMatrixRMaj input) {
        FMatrixRMaj outputs = encoder.forward(parameters, input);
        batch = input.numRows;
        rows = components * batch;
        weights.reshape(components, batch);
        for (int i = 0; i < batch; i++) {
            int from = i * outputs.numCols;
            for (int k = 0; k < components; k++) {
                int row = k * batch + i;
                weights.data[row] = outputs.data[from + k];
                logWeights[row] = outputs.data[from + k];
                System.arraycopy(outputs.data, from + components + k * latent, mean, row * latent, latent);
            }
            int logVariance = from + components + components * latent;
            System.arraycopy(outputs.data, logVariance, logVariances, i * latent, latent);
        }
        SoftBound.LOG_VARIANCE.apply(logVariances, 0, batch * latent);
        double[] sums = new double[batch];
        LogSumExp.normalizeColumns(weights, sums);
        for (int row = 0; row < rows; row++) {
            logWeights[row] -= sums[row % batch];
        }
        readVariances();
    }

    @Override
    public void clear() {
        super.clear();
        Arrays.fill(logitGradient, 0);
        Arrays.fill(meanGradient, 0);
        Arrays.fill(logVarianceGradient, 0);
    }

    /** Computes 1 / σ², the constants, and σ of each row, once for each component. */
    private void readVariances() {
        int length = batch * latent;
        for (int i = 0; i < length; i++) {
            precisions[i] = -logVariances[i];
            deviation[i] = 0.5f * logVariances[i];
        }
        FloatFunctions.exp(precisions, 0, precisions, 0, length);
        FloatFunctions.exp(deviation, 0, deviation, 0, length);
        for (int k = 1; k < components; k++) {
            System.arraycopy(deviation, 0, deviation, k * length, length);
        }
        for (int i = 0; i < batch; i++) {
            double sum = latent * LOG_TWO_PI;
            for (int j = i * latent; j < (i + 1) * latent; j++) {
                sum += logVariances[j];
            }
            constants[i] = -0.5 * sum;
        }
    }

    /** Writes Σ_k α_k μ_k. */
    @Override
    public void means(FMatrixRMaj to, int at) {
        for (int i = 0; i < batch * latent; i++) {
            double sum = 0;
            for (int k = 0; k < components; k++) {
                sum += weights.data[k * batch + i / latent] * mean[k * batch * latent + i];
            }
            to.data[at * latent + i] = (float) sum;
        }
    }

    /** Writes σ² + Σ_k α_k (μ_k − Σ_c α_c μ_c)². */
    @Override
    public void variances(FMatrixRMaj to, int at) {
        means(to, at);
        for (int i = 0; i < batch * latent; i++) {
            double sigma = deviation[i];
            double sum = sigma * sigma;
            double expected = to.data[at * latent + i];
            for (int k = 0; k < components; k++) {
                double difference = mean[k * batch * latent + i] - expected;
                sum += weights.data[k * batch + i / latent] * difference * difference;
            }
            to.data[at * latent + i] = (float) sum;
        }
    }

    /** Draws the component of each row first, then the code. */
    @Override
    public void draw(RandomGenerator[] random, FMatrixRMaj codes) {
        codes.reshape(batch, latent);
        for (int i = 0; i < batch; i++) {
            double left = random[i].nextDouble() - weights.data[i];
            int component = 0;
            while (left >= 0 && component < components - 1) {
                component++;
                left -= weights.data[component * batch + i];
            }
            int from = (component * batch + i) * latent;
            for (int j = 0; j < latent; j++) {
                double noise = deviation[from + j] * random[i].nextGaussian();
                codes.data[i * latent + j] = (float) (mean[from + j] + noise);
            }
        }
    }

    /**
     * Writes log q(z_r | x_i), i = r mod n, at {@code at} + r.
     *
     * @param codes m × l, one or more of each row. Not modified.
     */
    public void logDensity(FMatrixRMaj codes, double[] density, int at) {
        int m = codes.numRows;
        joint.reshape(components, m);
        for (int k = 0; k < components; k++) {
            for (int r = 0; r < m; r++) {
                int i = r % batch;
                int row = k * batch + i;
                double distance = 0;
                for (int j = 0; j < latent; j++) {
                    double z = codes.data[r * latent + j];
                    double difference = z - mean[row * latent + j];
                    distance += difference * difference * precisions[i * latent + j];
                }
                joint.data[k * m + r] = logWeights[row] + (constants[i] - 0.5 * distance);
            }
        }
        double[] sums = new double[m];
        LogSumExp.normalizeColumns(joint, sums);
        System.arraycopy(sums, 0, density, at, m);
    }

    /**
     * Adds the derivatives of Σ_r scale_r log q(z_r | x_i), of the codes whose density was computed last.
     *
     * @param codes m × l. Not modified.
     * @param scale factor of each code, from an index on. Not modified.
     * @param codeGradient m × l. Added to.
     */
    public void addGradient(FMatrixRMaj codes, double[] scale, int at, FMatrixRMaj codeGradient) {
        int m = codes.numRows;
        for (int k = 0; k < components; k++) {
            for (int r = 0; r < m; r++) {
                int i = r % batch;
                int row = k * batch + i;
                double share = joint.data[k * m + r];
                logitGradient[row] += scale[at + r] * (share - weights.data[row]);
                double weight = scale[at + r] * share;
                for (int j = 0; j < latent; j++) {
                    double z = codes.data[r * latent + j];
                    double difference = z - mean[row * latent + j];
                    double pull = weight * difference * precisions[i * latent + j];
                    codeGradient.data[r * latent + j] -= (float) pull;
                    meanGradient[row * latent + j] += pull;
                    logVarianceGradient[i * latent + j] += 0.5 * (pull * difference - weight);
                }
            }
        }
    }

    /**
     * Adds the derivatives of Σ_ik slope_ik α_ik: ∂α_k/∂logit_c = α_k ([k = c] − α_c).
     *
     * @param slopes slope_ik at the index k n + i. Not modified.
     */
    public void addWeightGradient(double[] slopes) {
        for (int i = 0; i < batch; i++) {
            double mean = 0;
            for (int k = 0; k < components; k++) {
                mean += weights.data[k * batch + i] * slopes[k * batch + i];
            }
            for (int k = 0; k < components; k++) {
                int row = k * batch + i;
                logitGradient[row] += weights.data[row] * (slopes[row] - mean);
            }
        }
    }

    @Override
    public void backward(float[] parameters, Gradient gradient) {
        int width = components + (components + 1) * latent;
        outputGradient.reshape(batch, width);
        for (int i = 0; i < batch; i++) {
            int from = i * width;
            int logVariance = from + components + components * latent;
            for (int j = 0; j < latent; j++) {
                double sum = logVarianceGradient[i * latent + j];
                for (int k = 0; k < components; k++) {
                    int row = k * batch + i;
                    int at = row * 2 * latent + j;
                    outputGradient.data[from + components + k * latent + j] =
                            (float) (headGradient.data[at] + meanGradient[row * latent + j]);
                    sum += headGradient.data[at + latent];
                }
                float bounded = logVariances[i * latent + j];
                outputGradient.data[logVariance + j] = (float) sum * SoftBound.LOG_VARIANCE.slope(bounded);
            }
            for (int k = 0; k < components; k++) {
                outputGradient.data[from + k] = (float) logitGradient[k * batch + i];
            }
        }
        encoder.backward(parameters, outputGradient, gradient, false);
    }
}
