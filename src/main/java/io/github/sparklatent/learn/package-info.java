/**
 * Floor 1: the contracts between a model and a loop, and the loop itself. No Spark.
 *
 * <ul>
 *   <li>{@link io.github.sparklatent.learn.Expectation}: sums of statistics over blocks of rows,
 *       what workers compute in a round.
 *   <li>{@link io.github.sparklatent.learn.RowScore}: a number a row, by which a few rows are
 *       chosen out of all.
 *   <li>{@link io.github.sparklatent.learn.Pass}: one traversal of the data. {@link
 *       io.github.sparklatent.learn.InMemoryPass} is the reference; {@code cluster} has the one on
 *       Spark. Both combine partial results in partition order.
 *   <li>{@link io.github.sparklatent.learn.ExpectationMaximization}: a model that alternates an
 *       expectation and a pure update.
 *   <li>{@link io.github.sparklatent.learn.EmLoop}: the rounds, the stopping rule, the records.
 *   <li>{@link io.github.sparklatent.learn.RandomStreams}: counter-based randomness keyed by what
 *       it is for.
 * </ul>
 *
 * <p>May import: {@code linalg}.
 */
package io.github.sparklatent.learn;
