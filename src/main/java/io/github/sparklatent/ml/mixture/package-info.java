/**
 * Layer 4: mixtures as a model family with two presets. {@link io.github.sparklatent.ml.mixture.GaussianMixture} and
 * {@link io.github.sparklatent.ml.mixture.GaussianMixtureModel} replace MLlib's after a change of import;
 * {@link io.github.sparklatent.ml.mixture.Mixture} fits columns of several types. Read these first.
 * {@code MixtureOptions} declares the hyperparameters, {@code MixtureTraining} runs the training of either preset, and
 * {@code MixtureOfRows} is what their models share.
 */
package io.github.sparklatent.ml.mixture;
