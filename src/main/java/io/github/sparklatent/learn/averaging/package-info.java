/**
 * Layer 1: the parameter-averaging loop.
 *
 * <p>{@link io.github.sparklatent.learn.averaging.Shards} is a data set in partitions, each of which trains on its own
 * rows for a while. {@link io.github.sparklatent.learn.averaging.InMemoryShards} is the reference implementation;
 * {@code cluster} has the implementation on Spark. {@link io.github.sparklatent.learn.averaging.AveragingLoop} runs the
 * rounds: local steps ({@code LocalSteps}), averaging, evaluation on held-out rows, patience, detection of divergence
 * ({@code Divergence}), and a state to resume from. Read it first.
 */
package io.github.sparklatent.learn.averaging;
