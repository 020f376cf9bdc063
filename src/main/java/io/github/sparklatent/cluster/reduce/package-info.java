/**
 * Layer 3: combines partial results of tasks in partition order.
 *
 * <p>{@code OrderedReduction} adds them in the same order for any executors, retries and speculation, so that the same
 * seed gives the same bits. {@code Shipped} sends objects to the workers.
 */
package io.github.sparklatent.cluster.reduce;
