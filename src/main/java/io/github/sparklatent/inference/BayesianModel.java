package io.github.sparklatent.inference;

import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.linalg.Block;
import java.io.Serializable;
import org.ejml.data.DMatrixRMaj;

/**
 * A model with parameters θ, given by its log joint density log p(X, θ) = log p(θ) + Σ_n log p(x_n | θ). A user
 * implements it for a model of their own.
 *
 * <p>θ are p real numbers without bounds. {@link #parameters} maps them to the model's own quantities, such as a
 * positive deviation, and the prior is a density of θ: it includes the log Jacobian of that map.
 *
 * <p>The model is sent to the tasks, so all its fields must be serialisable. A class that a configuration names has a
 * public constructor without arguments, or one with the names of the columns and the {@link ModelSettings}.
 */
public interface BayesianModel extends Serializable {
    /** Returns the model's quantities and their transforms. */
    Parameters parameters();

    /**
     * Returns log p(θ), up to a constant.
     *
     * @param theta p numbers. Not modified.
     * @param gradient p numbers to which the derivatives with respect to θ are added; null if they are not needed.
     *     Modified.
     */
    double logPrior(double[] theta, double[] gradient);

    /**
     * Returns the likelihood of some parameter vectors, with the buffers of one task.
     *
     * @param draws S × p, one θ in each row. Not modified.
     */
    Likelihood likelihood(DMatrixRMaj draws);

    /**
     * Returns whether the model computes gradients. A model without gradients is fitted by the score-function
     * estimator, whose gradients have more noise.
     */
    default boolean hasGradients() {
        return true;
    }

    /**
     * Returns the mean of q to start from, p numbers. The default is 0.
     *
     * @param data the training rows
     * @param seed seed of any randomness
     */
    default double[] start(RowBlocks data, long seed) {
        return new double[parameters().free()];
    }

    /** The log densities of rows under S parameter vectors; used by one thread. */
    @FunctionalInterface
    interface Likelihood {
        /**
         * Computes log p(x_i | θ_s), and the sums of its derivatives.
         *
         * @param block n rows with their weights. Not modified.
         * @param logDensities S × n: log p(x_i | θ_s). Overwritten.
         * @param gradients S × p: Σ_i w_i ∂ log p(x_i | θ_s) / ∂θ_s is added to row s; null if it is not needed, and
         *     always null if the model has no gradients. Modified.
         */
        void evaluate(Block block, DMatrixRMaj logDensities, DMatrixRMaj gradients);
    }
}
