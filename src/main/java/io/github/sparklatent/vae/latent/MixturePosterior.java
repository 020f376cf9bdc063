package io.github.sparklatent.vae.latent;

import io.github.sparklatent.linalg.FloatFunctions;
import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.linalg.LogSumExp;
import io.github.sparklatent.nn.Gradient;
import io.github.sparklatent.nn.Layer;
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
 */
public final class MixturePosterior extends Proposal {
    private final int components;
    private final Layer.Worker encoder;
    private final DiagonalGaussians gaussians;
    private final DMatrixRMaj weights;
    private final double[] logWeights;
    private final double[] logitGradient;
    private final FMatrixRMaj headGradient = new FMatrixRMaj(0, 0);
    private final FMatrixRMaj proposalGradient = new FMatrixRMaj(0, 0);
    private final DMatrixRMaj joint = new DMatrixRMaj(0, 0);
    private FMatrixRMaj encoded;
    private int batch;

    /**
     * Creates the buffers of one task.
     *
     * @param maxRows largest number of rows of a batch
     * @param products matrix products, whose buffers the networks of the task share
     */
    public MixturePosterior(Networks networks, int maxRows, FloatProducts products) {
        super(networks.latent(), networks.prior().components() * maxRows, 0);
        this.components = networks.prior().components();
        this.encoder = networks.encoder().worker(maxRows, 0, products);
        this.gaussians = new DiagonalGaussians(mean, maxRows, latent);
        this.weights = new DMatrixRMaj(components, maxRows);
        this.logWeights = new double[components * maxRows];
        this.logitGradient = new double[components * maxRows];
    }

    public int components() {
        return components;
    }

    /** Returns n, the rows of the batch. */
    public int batch() {
        return batch;
    }

    /** Returns α, K × n. */
    public DMatrixRMaj weights() {
        return weights;
    }

    /** Returns the batch that was encoded last. */
    public FMatrixRMaj encoded() {
        return encoded;
    }

    /** Returns log α, at k n + i. */
    double[] logWeights() {
        return logWeights;
    }

    /** Encodes a batch, n × d, which is kept until the next one. */
    public void encode(float[] parameters, FMatrixRMaj input) {
        FMatrixRMaj heads = encoder.forward(parameters, input);
        encoded = input;
        batch = input.numRows;
        rows = components * batch;
        weights.reshape(components, batch);
        for (int i = 0; i < batch; i++) {
            int from = i * heads.numCols;
            for (int k = 0; k < components; k++) {
                int row = k * batch + i;
                weights.data[row] = heads.data[from + k];
                logWeights[row] = heads.data[from + k];
                int mean = from + components + k * latent;
                System.arraycopy(heads.data, mean, mean(), row * latent, latent);
            }
            int logVariance = from + components + components * latent;
            System.arraycopy(heads.data, logVariance, gaussians.logVariances, i * latent, latent);
        }
        SoftBound.LOG_VARIANCE.apply(gaussians.logVariances, 0, batch * latent);
        double[] sums = new double[batch];
        LogSumExp.normalizeColumns(weights, sums);
        for (int row = 0; row < rows; row++) {
            logWeights[row] -= sums[row % batch];
        }
        gaussians.begin(batch);
        spreadDeviation();
    }

    /** Writes σ of each row, once for each component. */
    private void spreadDeviation() {
        int length = batch * latent;
        for (int j = 0; j < length; j++) {
            deviation[j] = 0.5f * gaussians.logVariances[j];
        }
        FloatFunctions.exp(deviation, 0, deviation, 0, length);
        for (int k = 1; k < components; k++) {
            System.arraycopy(deviation, 0, deviation, k * length, length);
        }
    }

    /**
     * Draws a code of q(z|x) for each row: first its component, then the code.
     *
     * @param random a stream for each row
     * @param codes n × l, overwritten
     */
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
                codes.data[i * latent + j] = (float) (mean()[from + j] + noise);
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
                joint.data[k * m + r] = logWeights[row] + gaussians.logDensity(row, i, codes.data, r);
            }
        }
        double[] sums = new double[m];
        LogSumExp.normalizeColumns(joint, sums);
        System.arraycopy(sums, 0, density, at, m);
    }

    /** Sets all derivatives of the batch to 0. */
    public void clearGradient() {
        gaussians.clearGradient();
        Arrays.fill(logitGradient, 0);
        proposalGradient.reshape(rows, 2 * latent);
        proposalGradient.zero();
    }

    /** Returns the derivatives by μ and log σ² of each row of the proposal, K n × 2l. */
    public FMatrixRMaj proposalGradient() {
        return proposalGradient;
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
                gaussians.addGradient(weight, row, i, codes.data, codeGradient.data, r);
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

    /**
     * Propagates all derivatives that were added back through the encoder.
     *
     * @param gradient derivatives with respect to all parameters; the encoder's part is written
     */
    public void backward(float[] parameters, float[] gradient) {
        int width = components + (components + 1) * latent;
        headGradient.reshape(batch, width);
        for (int i = 0; i < batch; i++) {
            int from = i * width;
            int logVariance = from + components + components * latent;
            for (int j = 0; j < latent; j++) {
                double sum = gaussians.logVarianceGradient[i * latent + j];
                for (int k = 0; k < components; k++) {
                    int row = k * batch + i;
                    int at = row * 2 * latent + j;
                    headGradient.data[from + components + k * latent + j] =
                            (float) (proposalGradient.data[at] + gaussians.meanGradient[row * latent + j]);
                    sum += proposalGradient.data[at + latent];
                }
                float bounded = gaussians.logVariances[i * latent + j];
                headGradient.data[logVariance + j] = (float) sum * SoftBound.LOG_VARIANCE.slope(bounded);
            }
            for (int k = 0; k < components; k++) {
                headGradient.data[from + k] = (float) logitGradient[k * batch + i];
            }
        }
        encoder.backward(parameters, headGradient, Gradient.writtenTo(gradient), false);
    }

    /**
     * Densities of Gaussians N(m, diag s²) at codes, and their derivatives. Means and variances are two tables; several
     * Gaussians may share a row of either.
     *
     * <pre>
     *   log N(z) = −½ (l log 2π + Σ_j log s_j² + Σ_j (z_j − m_j)² / s_j²)
     *   ∂/∂z_j = −(z_j − m_j) / s_j²,   ∂/∂m_j = (z_j − m_j) / s_j²
     *   ∂/∂log s_j² = ½ ((z_j − m_j)² / s_j² − 1)
     * </pre>
     *
     * The densities come from the differences z − m, not from products of z and z² with a matrix of coefficients. If m
     * is many s away from 0, such products in single precision lose the digits that distinguish the components. The
     * cost of the differences is small: the decoder takes a hundred times as long.
     */
    private static final class DiagonalGaussians {
        private static final double LOG_TWO_PI = 1.8378770664093454836;

        private final int latent;

        /** m, rows of l numbers. */
        private final float[] means;

        /** log s², rows of l numbers, to be filled before {@link #begin}. */
        final float[] logVariances;

        private final float[] precisions;
        private final double[] constants;

        /** The derivatives by the means, summed since {@link #clearGradient}. */
        final double[] meanGradient;

        /** The derivatives by log s², summed since {@link #clearGradient}. */
        final double[] logVarianceGradient;

        /**
         * Creates the tables.
         *
         * @param means table of means, to be filled before {@link #begin}. Kept, not copied.
         * @param variances largest number of rows of the table of variances
         * @param latent l, the number of latent dimensions
         */
        DiagonalGaussians(float[] means, int variances, int latent) {
            this.latent = latent;
            this.means = means;
            this.logVariances = new float[variances * latent];
            this.precisions = new float[variances * latent];
            this.constants = new double[variances];
            this.meanGradient = new double[means.length];
            this.logVarianceGradient = new double[variances * latent];
        }

        /** Reads the filled tables, the first rows of the variances. */
        void begin(int variances) {
            int length = variances * latent;
            for (int i = 0; i < length; i++) {
                precisions[i] = -logVariances[i];
            }
            FloatFunctions.exp(precisions, 0, precisions, 0, length);
            for (int v = 0; v < variances; v++) {
                double sum = latent * LOG_TWO_PI;
                for (int j = v * latent; j < (v + 1) * latent; j++) {
                    sum += logVariances[j];
                }
                constants[v] = -0.5 * sum;
            }
        }

        /**
         * Returns log N(z; m, diag s²) in nats.
         *
         * @param mean row of m
         * @param variance row of s²
         * @param codes codes, in rows of l numbers. Not modified.
         * @param code row of z
         */
        double logDensity(int mean, int variance, float[] codes, int code) {
            double distance = 0;
            for (int j = 0; j < latent; j++) {
                double z = codes[code * latent + j];
                double difference = z - means[mean * latent + j];
                distance += difference * difference * precisions[variance * latent + j];
            }
            return constants[variance] - 0.5 * distance;
        }

        /** Sets the sums of derivatives to 0. */
        void clearGradient() {
            Arrays.fill(meanGradient, 0);
            Arrays.fill(logVarianceGradient, 0);
        }

        /**
         * Adds the derivatives of weight · log N(z; m, diag s²).
         *
         * @param codeGradient derivatives with respect to the codes, rows of l numbers. The method adds to the row of
         *     the code.
         */
        void addGradient(double weight, int mean, int variance, float[] codes, float[] codeGradient, int code) {
            for (int j = 0; j < latent; j++) {
                int z = code * latent + j;
                int m = mean * latent + j;
                int s = variance * latent + j;
                double at = codes[z];
                double difference = at - means[m];
                double pull = weight * difference * precisions[s];
                codeGradient[z] -= (float) pull;
                meanGradient[m] += pull;
                logVarianceGradient[s] += 0.5 * (pull * difference - weight);
            }
        }
    }
}
