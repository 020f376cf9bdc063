/**
 * The losses of autoencoders and variational autoencoders. Read
 * {@link io.github.sparklatent.vae.objective.NetworkObjective} first. This class reads the batches, and its subclasses
 * are the losses. A bound is a {@code BoundStep}, whose subclasses estimate the gradient in other ways, and a
 * {@link io.github.sparklatent.vae.objective.PriorTerm}, which scores rows, too.
 * {@link io.github.sparklatent.vae.objective.HamiltonianObjective} trains the decoder on chains instead.
 */
package io.github.sparklatent.vae.objective;
