/**
 * Layer 3: what a trained model consists of and how it scores rows, without Spark.
 * {@link io.github.sparklatent.scoring.Scorer} loads a saved model and scores rows in any Java program; it is the entry
 * of the jar {@code spark-latent-scorer}. {@code SavedContent} is the saved form; {@code BatchScorer} computes the
 * columns of a batch, for the workers of Spark, too.
 */
package io.github.sparklatent.scoring;
