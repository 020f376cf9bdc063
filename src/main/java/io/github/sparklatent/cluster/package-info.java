/**
 * Layer 3: training on Spark, without knowledge of a model.
 *
 * <p>{@link io.github.sparklatent.cluster.BlockTable} checks the rows of a table, places them
 * canonically, packs them into blocks and caches them. {@code ClusterRowBlocks} runs each traversal
 * as one Spark job. {@link io.github.sparklatent.cluster.ShardTable} and {@code ClusterShards} are
 * the same for work that continues within a partition. Rows never reach the driver.
 *
 * <ul>
 *   <li>{@code cluster.table}: which columns and rows of a table are used, and how they are scaled.
 *   <li>{@code cluster.reduce}: partial results, combined in partition order.
 *   <li>{@code cluster.storage}: checkpoint files and file systems.
 * </ul>
 *
 * <p>May import: {@code learn}, {@code linalg}, Spark and Hadoop.
 */
package io.github.sparklatent.cluster;
