/**
 * Layer 1: contracts between a model and a loop, and the loops. No Spark.
 *
 * <ul>
 *   <li>{@code learn.em}: expectation-maximisation. {@link
 *       io.github.sparklatent.learn.em.Expectation} adds statistics over row blocks; {@link
 *       io.github.sparklatent.learn.em.EmLoop} alternates it with an update.
 *   <li>{@code learn.objective}: {@link io.github.sparklatent.learn.objective.StochasticObjective},
 *       a loss and its gradient through a flat vector of parameters; {@code learn.optimizer}: the
 *       optimisers that follow it.
 *   <li>{@code learn.averaging}: {@link io.github.sparklatent.learn.averaging.AveragingLoop},
 *       rounds in which partitions follow their own gradients and the driver averages the
 *       parameters.
 *   <li>{@code learn.stage}: several averaging loops, one after the other.
 * </ul>
 *
 * <p>This package has what they share: {@link io.github.sparklatent.learn.RandomStreams},
 * counter-based randomness keyed by its purpose; {@code OrderedSum}, sums in a fixed order; and the
 * exceptions. May import: {@code linalg}.
 */
package io.github.sparklatent.learn;
