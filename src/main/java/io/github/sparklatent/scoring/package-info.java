/**
 * Layer 3: what a trained model consists of and how it scores rows, without Spark. {@code SavedContent} is the saved
 * form; {@code BatchScorer} computes the columns of a batch for the workers of Spark. {@code ReferenceRows} compares
 * the score of a row with those of reference rows, which gives its severity, and {@code AlertRule} says which
 * severities are anomalies.
 */
package io.github.sparklatent.scoring;
