/**
 * Clustering without labels, compared with the literature: {@code jobs/bench clustering}.
 *
 * <p>Read {@link io.github.sparklatent.bench.clustering.ClusterMethod} first: the list of methods. A
 * {@link io.github.sparklatent.bench.clustering.ClusterTrial} runs one of them on a table with a seed, with the options
 * of {@link io.github.sparklatent.bench.clustering.ClusterSetting}.
 */
package io.github.sparklatent.bench.clustering;
