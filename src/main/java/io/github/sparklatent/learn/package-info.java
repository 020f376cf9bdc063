/**
 * Layer 1: the contracts between a model and a training loop, and the loops. Independent of Spark.
 *
 * <ul>
 *   <li>{@code learn.em}: expectation-maximisation. {@link io.github.sparklatent.learn.em.Expectation} adds statistics
 *       over row blocks; {@link io.github.sparklatent.learn.em.EmLoop} alternates it with an update.
 *   <li>{@code learn.objective}: {@link io.github.sparklatent.learn.objective.StochasticObjective}, a loss and its
 *       gradient with respect to a flat vector of parameters. {@code learn.optimizer}: the optimisers that minimise it.
 *   <li>{@code learn.averaging}: {@link io.github.sparklatent.learn.averaging.AveragingLoop}, rounds in which each
 *       partition takes its own gradient steps and the driver averages the parameters.
 *   <li>{@code learn.stage}: several averaging loops, one after the other.
 * </ul>
 *
 * <p>This package has what the others share: {@link io.github.sparklatent.learn.RandomStreams} (random numbers keyed by
 * seed and purpose), {@code OrderedSum} (sums in a fixed order) and the exceptions. May import: {@code linalg}.
 */
package io.github.sparklatent.learn;
