/**
 * Variational inference over the parameters of a density as a family of models:
 * {@link io.github.sparklatent.ml.bayesian.BayesianInference} is the Estimator, {@code DensityOptions} declares the
 * hyperparameters, {@code Densities} creates the density that they name, and {@code BayesianTraining} fits its
 * posterior to the rows of a table.
 */
package io.github.sparklatent.ml.bayesian;
