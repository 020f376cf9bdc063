/**
 * Layer 1: the parameter-averaging loop.
 *
 * <p>{@link io.github.sparklatent.learn.averaging.Shards} is one data set in partitions that each
 * work on their own rows for a while. {@link io.github.sparklatent.learn.averaging.InMemoryShards}
 * is the reference; {@code cluster} has the one on Spark. {@link
 * io.github.sparklatent.learn.averaging.AveragingLoop} runs the rounds: local steps ({@code
 * LocalSteps}), the average, evaluation on held-out rows, patience, divergence ({@code
 * Divergence}), and a state to resume from. Read it first.
 */
package io.github.sparklatent.learn.averaging;
