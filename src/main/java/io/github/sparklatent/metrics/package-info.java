/**
 * Layer 2: measures that compare the output of a model with known values. No Spark.
 *
 * <p>{@link io.github.sparklatent.metrics.Contingency} holds how many rows of each label lie in
 * each cluster and gives the measures of agreement from it: accuracy under the best matching,
 * normalised mutual information, the adjusted Rand index. {@link
 * io.github.sparklatent.metrics.AreaUnderRoc} measures how well a score separates rows of one class
 * from the others. {@link io.github.sparklatent.metrics.StructuralSimilarity} compares two images,
 * {@link io.github.sparklatent.metrics.FrechetDistance} two sets of rows by the {@link
 * io.github.sparklatent.metrics.FeatureMoments} of their features in a {@link
 * io.github.sparklatent.metrics.FeatureSpace}, such as {@link
 * io.github.sparklatent.metrics.PrincipalComponents}. Labels never reach a training. May import:
 * {@code learn}, {@code linalg}.
 */
package io.github.sparklatent.metrics;
