/**
 * Layer 3: model-independent training on Spark.
 *
 * <p>{@link io.github.sparklatent.cluster.BlockTable} checks the rows of a table, places them canonically, packs them
 * into blocks and caches them. {@code ClusterRowBlocks} runs each traversal as one Spark job.
 * {@link io.github.sparklatent.cluster.ShardTable} and {@code ClusterShards} do the same for training within
 * partitions. A table of one partition and at most 4 MiB is brought to the driver and trained there; the rows of a
 * larger table never reach it.
 *
 * <ul>
 *   <li>{@code cluster.table}: selects columns and rows of a table and scales them.
 *   <li>{@code cluster.reduce}: combines partial results in partition order.
 *   <li>{@code cluster.storage}: checkpoint files and file systems.
 * </ul>
 *
 * <p>May import: {@code learn}, {@code linalg}, Spark and Hadoop.
 */
package io.github.sparklatent.cluster;
