/**
 * Layer 3: partial results of tasks, combined in partition order.
 *
 * <p>{@code OrderedReduction} adds them in the same order whatever the executors, retries and
 * speculation, so that the same seed gives the same bits. {@code Shipped} carries arrays to the
 * workers.
 */
package io.github.sparklatent.cluster.reduce;
