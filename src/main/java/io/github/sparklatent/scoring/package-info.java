/**
 * Layer 3: what a trained model consists of and how it scores rows, without Spark. {@code SavedContent} is the saved
 * form; {@code BatchScorer} computes the columns of a batch for the workers of Spark.
 */
package io.github.sparklatent.scoring;
