/**
 * Layer 2: measures that compare the output of a model with known values. They do not use Spark.
 *
 * <p>{@link io.github.sparklatent.metrics.Contingency} counts the rows of each label in each cluster and computes
 * measures of agreement: accuracy under the best matching, normalised mutual information, the adjusted Rand index.
 * {@link io.github.sparklatent.metrics.StructuralSimilarity} compares two images,
 * {@link io.github.sparklatent.metrics.FrechetDistance} two sets of rows by the
 * {@link io.github.sparklatent.metrics.FeatureMoments} of their features. Labels are never used in training. May
 * import: {@code learn}, {@code linalg}.
 */
package io.github.sparklatent.metrics;
