/**
 * Layer 1: expectation-maximisation over row blocks.
 *
 * <ul>
 *   <li>{@link io.github.sparklatent.learn.em.Expectation}: sums of statistics over blocks of rows, which workers
 *       compute in a round.
 *   <li>{@link io.github.sparklatent.learn.em.RowScore}: a number for each row, by which a few rows are selected.
 *   <li>{@link io.github.sparklatent.learn.em.RowBlocks}: the data set.
 *       {@link io.github.sparklatent.learn.em.InMemoryRowBlocks} is the reference implementation; {@code cluster} has
 *       the implementation on Spark. Both combine partial results in partition order.
 *   <li>{@link io.github.sparklatent.learn.em.ExpectationMaximization}: a model that alternates an expectation and an
 *       update without side effects.
 *   <li>{@link io.github.sparklatent.learn.em.EmLoop}: the rounds, the stopping rule and the records. Read it first.
 * </ul>
 */
package io.github.sparklatent.learn.em;
