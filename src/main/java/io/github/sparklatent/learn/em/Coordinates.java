package io.github.sparklatent.learn.em;

import java.util.Optional;

/**
 * Vectors for the models of an EM loop, in which rounds are extrapolated. The map from models to vectors is affine.
 * Near a reference model, lengths are those of the information of the complete data, per row of weight 1:
 *
 * <pre>
 *   ½ |a − b|² ≈ Kullback-Leibler divergence of the complete data under a and b
 * </pre>
 *
 * <p>In such coordinates, the step of EM is the gradient of the mean log-likelihood, to first order (Jamshidian and
 * Jennrich 1997, section 2).
 *
 * @param <M> the model's parameters, immutable
 */
public interface Coordinates<M> {
    /** Returns the coordinates of a model as a new array. */
    double[] of(M model);

    /**
     * Returns the model at a point.
     *
     * @param point coordinates. Not modified.
     * @param plain the model of the EM update
     * @return empty if there is no model at the point, or if it is much more concentrated than the plain one
     */
    Optional<M> at(double[] point, M plain);
}
