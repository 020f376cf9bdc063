/**
 * Layer 2: where the fit of a mixture starts.
 *
 * <p>{@code KMeansStart} runs k-means++ and k-means. {@code RandomRows} draws a start. {@code OverClustering} fits more
 * components than requested and merges them by the
 * {@link io.github.sparklatent.mixture.initialization.MutualInformation} of row and component, which prefers well
 * separated groups. Read {@code KMeansStart} first.
 */
package io.github.sparklatent.mixture.initialization;
