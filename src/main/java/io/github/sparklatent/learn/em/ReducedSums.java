package io.github.sparklatent.learn.em;

/**
 * What a traversal returned.
 *
 * @param sums the statistics over all rows
 * @param broadcast seconds of sending the expectation to the workers
 * @param compute seconds from the first task's start to the last one's end
 * @param reduce seconds of combining the partial results
 */
public record ReducedSums(double[] sums, double broadcast, double compute, double reduce) {}
