/**
 * The losses of autoencoders and variational autoencoders. Read
 * {@link io.github.sparklatent.vae.objective.NetworkObjective} first. This class reads the batches, and its subclasses
 * are the losses. A bound with a Gaussian posterior is composed of a {@code PriorTerm} and an {@code Estimator} of the
 * gradient in a {@code GaussianStep}. {@link io.github.sparklatent.vae.objective.HamiltonianObjective} trains the
 * decoder on chains instead.
 */
package io.github.sparklatent.vae.objective;
