/**
 * Layer 2: the training of a mixture: restarts, several numbers of components, and the choice among the fits by a
 * criterion.
 *
 * <p>{@link io.github.sparklatent.mixture.training.MixtureTrainer} runs the fits that {@code MixtureOptions} specifies,
 * one after the other: {@code MixtureStart} says where each begins, {@code TrainingRows} has the prior.
 * {@code SearchListener.SearchState} is the content of a checkpoint. {@code LinearTrainer} fits probabilistic PCA and
 * factor analysis, which are one component with a factored covariance.
 */
package io.github.sparklatent.mixture.training;
