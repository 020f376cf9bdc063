package io.github.sparklatent.vae;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.linalg.DoubleFunctions;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * How clear and how even a batch's assignments γ_i are, in nats, γ̄ their mean by weight and ρ what
 * shares are expected of the components:
 *
 * <pre>
 *   J = log K − KL(γ̄ || ρ) − mean H(γ_i)
 * </pre>
 *
 * With ρ uniform this is the mutual information of row and component, I = H(γ̄) − mean H(γ_i).
 */
final class Balance {
    private final double[] logShares;
    private final double[] mean;
    private final double[] logMean;

    /**
     * @param shares ρ, K numbers above 0 of any sum; none: uniform
     * @param components K
     */
    Balance(List<Double> shares, int components) {
        Require.that(
                shares.isEmpty() || shares.size() == components,
                "there are %d shares of components, expected %d (one of each) or none",
                shares.size(),
                components);
        double sum = shares.isEmpty() ? components : shares.stream().mapToDouble(s -> s).sum();
        this.logShares = new double[components];
        for (int k = 0; k < components; k++) {
            logShares[k] = StrictMath.log((shares.isEmpty() ? 1 : shares.get(k)) / sum);
        }
        this.mean = new double[components];
        this.logMean = new double[components];
    }

    /**
     * J of a batch, what {@link #addSlopes} has the derivatives of.
     *
     * @param assignments γ, K × n. Not modified.
     * @param logAssignments log γ. Not modified.
     * @param weights of the rows as shares of their batch
     */
    double of(DMatrixRMaj assignments, double[] logAssignments, float[] weights) {
        average(assignments, weights);
        int n = assignments.numCols;
        double value = StrictMath.log(mean.length);
        for (int k = 0; k < mean.length; k++) {
            value -= mean[k] > 0 ? mean[k] * (logMean[k] - logShares[k]) : 0;
            for (int i = 0; i < n; i++) {
                double share = assignments.data[k * n + i];
                value += share > 0 ? weights[i] * share * logAssignments[k * n + i] : 0;
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
            DMatrixRMaj assignments,
            double[] logAssignments,
            float[] weights,
            DMatrixRMaj slopes) {
        average(assignments, weights);
        int n = assignments.numCols;
        for (int k = 0; k < mean.length; k++) {
            for (int i = 0; i < n; i++) {
                int at = k * n + i;
                double share = assignments.data[at];
                if (share > 0 && mean[k] > 0) { // a mean of shares near 5e-324 rounds to 0
                    double surplus = logMean[k] - logShares[k] - logAssignments[at];
                    slopes.data[at] += weight * weights[i] * share * surplus;
                }
            }
        }
    }

    private void average(DMatrixRMaj assignments, float[] weights) {
        int n = assignments.numCols;
        Arrays.fill(mean, 0);
        for (int k = 0; k < mean.length; k++) {
            for (int i = 0; i < n; i++) {
                mean[k] += weights[i] * assignments.data[k * n + i];
            }
        }
        DoubleFunctions.log(mean, 0, logMean, 0, mean.length);
    }
}
