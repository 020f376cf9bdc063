/**
 * Layer 4: the Gaussian mixture as a model family. {@link io.github.sparklatent.ml.mixture.GaussianMixture} is the
 * Estimator and {@link io.github.sparklatent.ml.mixture.GaussianMixtureModel} the model; both replace MLlib's after a
 * change of import. Read these first. {@code MixtureOptions} declares the hyperparameters, {@code ComponentsTraining}
 * runs the training of a mixture of any preset, and {@code GaussianFamily} reads saved models.
 */
package io.github.sparklatent.ml.mixture;
