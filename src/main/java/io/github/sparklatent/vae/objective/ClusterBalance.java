package io.github.sparklatent.vae.objective;

import io.github.sparklatent.linalg.DoubleFunctions;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * A measure J, in nats, of how certain and how balanced the responsibilities γ_i of rows are. γ̄ is their weighted
 * mean. J is the mutual information of row and component:
 *
 * <pre>
 *   J = H(γ̄) − mean H(γ_i)
 * </pre>
 *
 * <p>γ̄ needs many rows. For 8 rows and 10 components, H(γ̄) of the batch is 1.9 instead of 2.3 nats, and its slopes
 * push a quarter of the uncertain rows away from their own component. So γ̄ is the mean of a window of W = 10 K rows. A
 * batch of W rows or more has its own mean. The mean g of a smaller batch of n rows updates the mean of the batches
 * before it, which is uniform before the first:
 *
 * <pre>
 *   γ̄ ← (n / W) g + (1 − n / W) γ̄
 * </pre>
 *
 * The slopes are the derivatives of J with this γ̄ (Wang, Fang and Liu, Stochastic compositional gradient descent,
 * 2017). A task creates its own balance, so γ̄ follows from the batches of one partition in one round.
 */
final class ClusterBalance {
    /** W / K. With W = 10 K the mean of small batches is as precise as one batch of 2 W rows. */
    private static final int WINDOW = 10;

    private final double logShare;
    private final double[] own;
    private final double[] mean;
    private final double[] logMean;

    /** Creates the buffers of one task. {@code components}: K, the number of components. */
    ClusterBalance(int components) {
        this.mean = new double[components];
        Arrays.fill(mean, 1.0 / components);
        this.logShare = StrictMath.log(1.0 / components);
        this.own = new double[components];
        this.logMean = new double[components];
    }

    /**
     * Adds the derivatives of −weight × J by log γ, where γ̄ of the window is a constant: weight w_i γ_ki (log γ̄_k +
     * log K − log γ_ki). The term −weight w_i γ_ki is left out: the slopes of the logits, from which γ is computed, do
     * not depend on it.
     *
     * @param responsibilities γ, K × m. Not modified.
     * @param logarithms log γ. Not modified.
     * @param weights weight of each column of γ, as a share of the sum of the weights
     * @param rows n, the number of rows of the batch, by which the window moves
     * @param slopes K × m. Added to.
     */
    void addSlopes(
            double weight,
            DMatrixRMaj responsibilities,
            double[] logarithms,
            float[] weights,
            double rows,
            DMatrixRMaj slopes) {
        average(responsibilities, weights, rows);
        int n = responsibilities.numCols;
        for (int k = 0; k < mean.length; k++) {
            for (int i = 0; i < n; i++) {
                int at = k * n + i;
                double share = responsibilities.data[at];
                if (share > 0 && mean[k] > 0) { // a mean of shares near 5e-324 rounds to 0
                    double surplus = logMean[k] - logShare - logarithms[at];
                    slopes.data[at] += weight * weights[i] * share * surplus;
                }
            }
        }
    }

    private void average(DMatrixRMaj responsibilities, float[] weights, double rows) {
        int n = responsibilities.numCols;
        double share = Math.min(1, rows / (WINDOW * mean.length));
        Arrays.fill(own, 0);
        for (int k = 0; k < mean.length; k++) {
            for (int i = 0; i < n; i++) {
                own[k] += weights[i] * responsibilities.data[k * n + i];
            }
            mean[k] = share < 1 ? share * own[k] + (1 - share) * mean[k] : own[k];
        }
        DoubleFunctions.log(mean, 0, logMean, 0, mean.length);
    }
}
