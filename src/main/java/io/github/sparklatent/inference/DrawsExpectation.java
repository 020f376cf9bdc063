package io.github.sparklatent.inference;

import io.github.sparklatent.learn.UserCodeException;
import io.github.sparklatent.learn.em.Expectation;
import io.github.sparklatent.linalg.Block;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * Sums over the rows for S parameter vectors at once: the total weight, Σ_n w_n log p(x_n | θ_s) of each vector and, if
 * they are needed, the derivatives of these sums, S × p.
 *
 * @param draws S × p. Not modified.
 * @param hasGradients whether the derivatives are summed
 */
record DrawsExpectation(BayesianModel model, DMatrixRMaj draws, boolean hasGradients) implements Expectation {
    static final int WEIGHT = 0;
    static final int LOG_LIKELIHOODS = 1;

    /** Returns the index of the first derivative. */
    int gradients() {
        return LOG_LIKELIHOODS + draws.numRows;
    }

    @Override
    public int length() {
        long derivatives = hasGradients ? (long) draws.numRows * draws.numCols : 0;
        return Math.toIntExact(gradients() + derivatives);
    }

    @Override
    public Accumulator accumulator() {
        BayesianModel.Likelihood likelihood =
                UserCodeException.calling(model, "likelihood", () -> model.likelihood(draws));
        DMatrixRMaj densities = new DMatrixRMaj(0, 0);
        DMatrixRMaj derivatives = hasGradients ? new DMatrixRMaj(draws.numRows, draws.numCols) : null;
        double[] sums = new double[gradients()];
        return new Accumulator() {
            @Override
            public void add(Block block) {
                evaluate(model, likelihood, block, densities, derivatives, draws.numRows);
                int n = block.size();
                for (int i = 0; i < n; i++) {
                    sums[WEIGHT] += block.weight(i);
                }
                for (int s = 0; s < draws.numRows; s++) {
                    double sum = 0;
                    for (int i = 0; i < n; i++) {
                        sum += block.weight(i) * densities.data[s * n + i];
                    }
                    sums[LOG_LIKELIHOODS + s] += sum;
                }
            }

            @Override
            public double[] statistics() {
                double[] all = Arrays.copyOf(sums, length());
                if (hasGradients) {
                    System.arraycopy(derivatives.data, 0, all, gradients(), all.length - gradients());
                }
                return all;
            }
        };
    }

    /** Evaluates a block; an exception of the model's code becomes a {@link UserCodeException}. */
    static void evaluate(
            BayesianModel model,
            BayesianModel.Likelihood likelihood,
            Block block,
            DMatrixRMaj densities,
            DMatrixRMaj derivatives,
            int draws) {
        densities.reshape(draws, block.size());
        UserCodeException.calling(model, "evaluate", () -> {
            likelihood.evaluate(block, densities, derivatives);
            return null;
        });
    }
}
