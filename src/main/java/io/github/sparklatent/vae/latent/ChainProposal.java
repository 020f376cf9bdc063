package io.github.sparklatent.vae.latent;

import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.vae.model.Networks;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * A Gaussian for each row with the mean and the covariance of the states of a Hamiltonian chain of the row. It is the
 * proposal of importance samples where q(z|x) is too far from p(z|x). The draws of the chain and of the samples are
 * independent, so the logarithm of the mean weight of the samples is a lower bound of log p(x) in expectation for any
 * chain, also for one that has not converged.
 *
 * <p>The step size of a row is adapted while the chain moves from its start at a draw of q(z|x). The covariance S of
 * the states is estimated with shrinkage to its diagonal, and is widened, so that the proposal has wider tails than the
 * posterior:
 *
 * <pre>
 *   1.5 ((1 − a) S + a diag S),   a = l / (l + number of states / 2)
 * </pre>
 *
 * If a chain did not move, the proposal of its row is q(z|x).
 *
 * <p>Holds l² + 2 l numbers of 8 bytes for each row, besides the buffers of {@link HamiltonianChains}.
 */
public final class ChainProposal extends Proposal {
    private static final int WARM_UP = 64;
    private static final int STATES = 128;
    private static final int LEAPFROG_STEPS = 5;
    private static final double STEP_SIZE = 0.5;
    private static final double TARGET_ACCEPTANCE = 0.65;
    private static final double WIDENING = 1.5;

    private final HamiltonianChains chains;
    private final FMatrixRMaj start;
    private final double[] steps;
    private final double[] sums;
    private final double[] products;
    private final double[] lower;

    /**
     * Creates the buffers of one task.
     *
     * @param maxRows largest number of rows of a batch
     * @param matrixProducts matrix products, whose buffers the networks of the task share
     */
    public ChainProposal(Networks networks, int maxRows, FloatProducts matrixProducts) {
        super(networks.latent(), maxRows, networks.latent() * (networks.latent() - 1) / 2);
        this.chains = new HamiltonianChains(networks, maxRows, matrixProducts);
        this.start = new FMatrixRMaj(maxRows, latent);
        this.steps = new double[maxRows];
        this.sums = new double[maxRows * latent];
        this.products = new double[maxRows * latent * latent];
        this.lower = new double[latent * latent];
    }

    /**
     * Runs the chains of a batch and fits the proposal to them.
     *
     * @param x n × d. Not modified.
     * @param posterior q(z|x) of the rows
     * @param streams random stream of each row
     */
    public void fit(float[] parameters, FMatrixRMaj x, GaussianPosterior posterior, RandomGenerator[] streams) {
        rows = x.numRows;
        posterior.draw(streams, start);
        chains.start(parameters, x, posterior.deviation(), start);
        Arrays.fill(steps, 0, rows, STEP_SIZE);
        for (int t = 1; t <= WARM_UP; t++) {
            chains.move(steps, LEAPFROG_STEPS, streams);
            for (int i = 0; i < rows; i++) {
                double surplus = chains.acceptance(i) - TARGET_ACCEPTANCE;
                steps[i] *= StrictMath.exp(surplus / Math.sqrt(t));
            }
        }
        Arrays.fill(sums, 0, rows * latent, 0);
        Arrays.fill(products, 0, rows * latent * latent, 0);
        for (int t = 0; t < STATES; t++) {
            chains.move(steps, LEAPFROG_STEPS, streams);
            for (int i = 0; i < rows; i++) {
                add(posterior, i);
            }
        }
        for (int i = 0; i < rows; i++) {
            fit(posterior, i);
        }
    }

    /** Adds a state of a row. Differences from the mean of q(z|x) keep the sums small. */
    private void add(GaussianPosterior posterior, int row) {
        int from = row * latent;
        for (int j = 0; j < latent; j++) {
            double value = difference(posterior, from + j);
            sums[from + j] += value;
            for (int k = 0; k <= j; k++) {
                products[(from + j) * latent + k] += value * difference(posterior, from + k);
            }
        }
    }

    private double difference(GaussianPosterior posterior, int at) {
        double code = chains.codes().data[at];
        return code - posterior.mean()[at];
    }

    private void fit(GaussianPosterior posterior, int row) {
        int from = row * latent;
        int next = belowAt(row, 0);
        boolean moved = decompose(from);
        for (int j = 0; j < latent; j++) {
            mean[from + j] = posterior.mean()[from + j];
            deviation[from + j] = posterior.deviation()[from + j];
            if (moved) {
                mean[from + j] += (float) (sums[from + j] / STATES);
                deviation[from + j] = (float) lower[j * latent + j];
            }
            for (int k = 0; k < j; k++) {
                below[next++] = moved ? (float) lower[j * latent + k] : 0f;
            }
        }
    }

    /** Computes the Cholesky factor of the covariance of a row. Returns whether the covariance is positive definite. */
    private boolean decompose(int from) {
        double kept = 1 - latent / (latent + STATES / 2.0);
        for (int j = 0; j < latent; j++) {
            for (int k = 0; k <= j; k++) {
                double product = sums[from + j] / STATES * sums[from + k] / STATES;
                double entry = products[(from + j) * latent + k] / STATES - product;
                double sum = WIDENING * (j == k ? entry : kept * entry);
                for (int c = 0; c < k; c++) {
                    sum -= lower[j * latent + c] * lower[k * latent + c];
                }
                lower[j * latent + k] = j == k ? Math.sqrt(sum) : sum / lower[k * latent + k];
            }
            float root = (float) lower[j * latent + j];
            if (!(root > 0 && root < Double.POSITIVE_INFINITY)) {
                return false;
            }
        }
        return true;
    }
}
