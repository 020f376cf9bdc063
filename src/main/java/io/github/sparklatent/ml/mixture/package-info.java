/**
 * Layer 4: the Gaussian mixture as a model family. {@link io.github.sparklatent.ml.mixture.GaussianMixture} is the
 * Estimator and {@link io.github.sparklatent.ml.mixture.GaussianMixtureModel} the model; both replace MLlib's after a
 * change of import. Read these first. {@code MixtureOptions} declares the hyperparameters,
 * {@code GaussianMixture.MixtureTraining} runs the training of {@code gmm}, and {@code GaussianFamily} reads saved
 * models.
 */
package io.github.sparklatent.ml.mixture;
