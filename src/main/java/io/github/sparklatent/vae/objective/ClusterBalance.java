package io.github.sparklatent.vae.objective;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.linalg.DoubleFunctions;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * A measure J, in nats, of how certain and how balanced the responsibilities γ_i of a batch are. γ̄
 * is their weighted mean, and ρ are the expected shares of the components:
 *
 * <pre>
 *   J = log K − KL(γ̄ || ρ) − mean H(γ_i)
 * </pre>
 *
 * With uniform ρ this is the mutual information of row and component, I = H(γ̄) − mean H(γ_i).
 */
public final class ClusterBalance {
    private final double[] logShares;
    private final double[] mean;
    private final double[] logMean;

    /**
     * Creates the buffers of one task.
     *
     * @param shares ρ, K numbers above 0 of any sum; none: uniform
     * @param components K
     */
    ClusterBalance(List<Double> shares, int components) {
        requireShares(shares, components);
        double sum = shares.isEmpty() ? components : shares.stream().mapToDouble(s -> s).sum();
        this.logShares = new double[components];
        for (int k = 0; k < components; k++) {
            logShares[k] = StrictMath.log((shares.isEmpty() ? 1 : shares.get(k)) / sum);
        }
        this.mean = new double[components];
        this.logMean = new double[components];
    }

    /** Requires one share of each component, or none. */
    public static void requireShares(List<Double> shares, int components) {
        Require.that(
                shares.isEmpty() || shares.size() == components,
                "there are %d shares of components, expected %d (one of each) or none",
                shares.size(),
                components);
    }

    /**
     * Returns J of a batch; {@link #addSlopes} adds its derivatives.
     *
     * @param responsibilities γ, K × n. Not modified.
     * @param logarithms log γ. Not modified.
     * @param weights of the rows as shares of their batch
     */
    double of(DMatrixRMaj responsibilities, double[] logarithms, float[] weights) {
        average(responsibilities, weights);
        int n = responsibilities.numCols;
        double value = StrictMath.log(mean.length);
        for (int k = 0; k < mean.length; k++) {
            value -= mean[k] > 0 ? mean[k] * (logMean[k] - logShares[k]) : 0;
            for (int i = 0; i < n; i++) {
                double share = responsibilities.data[k * n + i];
                value += share > 0 ? weights[i] * share * logarithms[k * n + i] : 0;
            }
        }
        return value;
    }

    /**
     * Adds the derivatives of −weight × J by log γ: weight w_i γ_ki (log γ̄_k − log ρ_k − log
     * γ_ki).
     *
     * @param slopes K × n, added to
     */
    void addSlopes(
            double weight,
            DMatrixRMaj responsibilities,
            double[] logarithms,
            float[] weights,
            DMatrixRMaj slopes) {
        average(responsibilities, weights);
        int n = responsibilities.numCols;
        for (int k = 0; k < mean.length; k++) {
            for (int i = 0; i < n; i++) {
                int at = k * n + i;
                double share = responsibilities.data[at];
                if (share > 0 && mean[k] > 0) { // a mean of shares near 5e-324 rounds to 0
                    double surplus = logMean[k] - logShares[k] - logarithms[at];
                    slopes.data[at] += weight * weights[i] * share * surplus;
                }
            }
        }
    }

    private void average(DMatrixRMaj responsibilities, float[] weights) {
        int n = responsibilities.numCols;
        Arrays.fill(mean, 0);
        for (int k = 0; k < mean.length; k++) {
            for (int i = 0; i < n; i++) {
                mean[k] += weights[i] * responsibilities.data[k * n + i];
            }
        }
        DoubleFunctions.log(mean, 0, logMean, 0, mean.length);
    }
}
