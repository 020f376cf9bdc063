package io.github.sparklatent.inference.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.inference.BayesianModel;
import io.github.sparklatent.linalg.Block;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;

/** Compares the gradients of a model with central differences. */
final class DensityGradients {
    /** The error is O(STEP²) + ε |log p| / STEP, about 1e-9 for densities of order 100. */
    private static final double STEP = 1e-5;

    private DensityGradients() {}

    static double[] theta(BayesianModel model, long seed) {
        Random random = new Random(seed);
        return random.doubles(model.parameters().free(), -0.8, 0.8).toArray();
    }

    /** Checks two draws at once, so that a mistake in the offsets shows. */
    static void check(BayesianModel model, Block block) {
        int p = model.parameters().free();
        DMatrixRMaj draws = new DMatrixRMaj(2, p);
        System.arraycopy(theta(model, 1), 0, draws.data, 0, p);
        System.arraycopy(theta(model, 2), 0, draws.data, p, p);
        DMatrixRMaj densities = new DMatrixRMaj(2, block.size());
        DMatrixRMaj gradients = new DMatrixRMaj(2, p);
        for (int i = 0; i < 2 * p; i++) {
            gradients.data[i] = 1; // the model adds
        }
        model.likelihood(draws).evaluate(block, densities, gradients);
        for (int s = 0; s < 2; s++) {
            for (int i = 0; i < p; i++) {
                double slope = 1;
                for (int sign = -1; sign <= 1; sign += 2) {
                    DMatrixRMaj shifted = new DMatrixRMaj(draws);
                    shifted.data[s * p + i] += sign * STEP;
                    slope += sign * logLikelihood(model, block, shifted, s) / (2 * STEP);
                }
                assertThat(gradients.get(s, i))
                        .as("derivative %d of the likelihood", i)
                        .isCloseTo(slope, within(1e-6));
            }
        }
        checkPrior(model, theta(model, 1));
    }

    static double logLikelihood(BayesianModel model, Block block, DMatrixRMaj draws, int s) {
        DMatrixRMaj densities = new DMatrixRMaj(draws.numRows, block.size());
        model.likelihood(draws).evaluate(block, densities, null);
        double sum = 0;
        for (int i = 0; i < block.size(); i++) {
            sum += block.weight(i) * densities.get(s, i);
        }
        return sum;
    }

    private static void checkPrior(BayesianModel model, double[] theta) {
        double[] gradient = new double[theta.length];
        java.util.Arrays.fill(gradient, 1);
        model.logPrior(theta, gradient);
        for (int i = 0; i < theta.length; i++) {
            double[] above = theta.clone();
            double[] below = theta.clone();
            above[i] += STEP;
            below[i] -= STEP;
            double slope = (model.logPrior(above, null) - model.logPrior(below, null)) / (2 * STEP);
            assertThat(gradient[i]).as("derivative %d of the prior", i).isCloseTo(1 + slope, within(1e-6));
        }
    }
}
