/**
 * Floor 2: measures of what a model says against what is known. No Spark.
 *
 * <p>{@link io.github.sparklatent.metrics.Contingency} holds how many rows of each label lie in
 * each cluster and gives the measures of agreement from it: accuracy under the best matching,
 * normalised mutual information, the adjusted Rand index. {@link
 * io.github.sparklatent.metrics.AreaUnderRoc} says how well a score tells rows of one kind from the
 * others. {@link io.github.sparklatent.metrics.StructuralSimilarity} compares two images, {@link
 * io.github.sparklatent.metrics.FrechetDistance} two sets of rows by the {@link
 * io.github.sparklatent.metrics.FeatureMoments} of their features in a {@link
 * io.github.sparklatent.metrics.FeatureSpace}, such as {@link
 * io.github.sparklatent.metrics.PrincipalComponents}. Labels never reach a training. May import:
 * {@code learn}, {@code linalg}.
 */
package io.github.sparklatent.metrics;
