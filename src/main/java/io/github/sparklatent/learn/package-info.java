/**
 * Layer 1: the contracts between a model and a loop, and the loop itself. No Spark.
 *
 * <ul>
 *   <li>{@link io.github.sparklatent.learn.Expectation}: sums of statistics over blocks of rows,
 *       what workers compute in a round.
 *   <li>{@link io.github.sparklatent.learn.RowScore}: a number a row, by which a few rows are
 *       chosen out of all.
 *   <li>{@link io.github.sparklatent.learn.RowBlocks}: one traversal of the data. {@link
 *       io.github.sparklatent.learn.InMemoryRowBlocks} is the reference; {@code cluster} has the
 *       one on Spark. Both combine partial results in partition order.
 *   <li>{@link io.github.sparklatent.learn.ExpectationMaximization}: a model that alternates an
 *       expectation and a pure update.
 *   <li>{@link io.github.sparklatent.learn.EmLoop}: the rounds, the stopping rule, the records.
 *   <li>{@link io.github.sparklatent.learn.StochasticObjective}: a loss of rows and its gradient
 *       through a flat vector of parameters, moved by one or more players.
 *   <li>{@link io.github.sparklatent.learn.Shards}: one data set in partitions that each work on
 *       their own rows for a while. {@link io.github.sparklatent.learn.InMemoryShards} is the
 *       reference; {@code cluster} has the one on Spark.
 *   <li>{@link io.github.sparklatent.learn.AveragingLoop}: rounds in which partitions follow their
 *       own gradients ({@link io.github.sparklatent.learn.Optimizer}) and the driver averages
 *       ({@link io.github.sparklatent.learn.OuterOptimizer}); evaluation on held-out rows,
 *       patience, divergence, and a state to go on from.
 *   <li>{@link io.github.sparklatent.learn.StagedTraining}: one such loop after the other, each
 *       with an objective and options of its own.
 *   <li>{@link io.github.sparklatent.learn.RandomStreams}: counter-based randomness keyed by what
 *       it is for.
 * </ul>
 *
 * <p>May import: {@code linalg}.
 */
package io.github.sparklatent.learn;
