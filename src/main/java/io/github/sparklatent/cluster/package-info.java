/**
 * Layer 3: training on Spark, without knowledge of a model.
 *
 * <p>The data path: {@link io.github.sparklatent.cluster.FeatureColumns} finds the columns, {@code
 * Census} checks and counts every row, {@link io.github.sparklatent.cluster.BlockTable} places rows
 * canonically, packs them into blocks and caches them, and {@code ClusterRowBlocks} runs each
 * traversal as one Spark job whose partial results {@code OrderedReduction} combines in partition
 * order. {@link io.github.sparklatent.cluster.ShardTable} and {@code ClusterShards} are the same
 * for work that continues within a partition. Rows never reach the driver.
 *
 * <p>May import: {@code learn}, {@code linalg}, Spark and Hadoop.
 */
package io.github.sparklatent.cluster;
