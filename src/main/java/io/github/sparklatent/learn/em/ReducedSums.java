package io.github.sparklatent.learn.em;

import io.github.sparklatent.learn.Traffic;

/**
 * The result of a traversal.
 *
 * @param sums the statistics over all rows
 * @param broadcast seconds to send the expectation to the workers
 * @param compute seconds from the start of the first task to the end of the last one
 * @param reduce seconds to combine the partial results
 * @param traffic what reached the driver
 */
public record ReducedSums(double[] sums, double broadcast, double compute, double reduce, Traffic traffic) {}
