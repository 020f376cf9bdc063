/**
 * Layer 2: black-box variational inference over the parameters θ of a model that is given by its log joint density.
 *
 * <ul>
 *   <li>{@link io.github.sparklatent.inference.BayesianModel}: the interface that a user implements.
 *       {@link io.github.sparklatent.inference.Parameters} and {@link io.github.sparklatent.inference.Transform} map
 *       its parameters to real numbers without bounds; {@link io.github.sparklatent.inference.RowSampler} is for models
 *       that can draw rows.
 *   <li>{@link io.github.sparklatent.inference.GaussianPosterior}: q(θ), a Gaussian whose mean and deviations are
 *       fitted.
 *   <li>{@link io.github.sparklatent.inference.VariationalInference}: the problem that the EM loop of {@code learn}
 *       runs. Read it first.
 *   <li>{@link io.github.sparklatent.inference.Inference}: a whole fit.
 *   <li>{@link io.github.sparklatent.inference.PredictiveDensity}: log densities of rows under the fitted posterior.
 * </ul>
 *
 * <p>Notation: p unconstrained parameters θ, S draws of them, n rows of d columns. q has the mean μ and the covariance
 * L Lᵀ, so that θ = μ + L ε with standard normal ε.
 */
package io.github.sparklatent.inference;
