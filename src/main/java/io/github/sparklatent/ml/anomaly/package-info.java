/**
 * Layer 4: anomaly scores in terms that people can act on. {@code ScoreDistribution} holds the quantiles of the scores
 * of reference rows; {@link io.github.sparklatent.ml.anomaly.AnomalySeverity} is the stage of a saved pipeline that
 * compares new scores with them.
 */
package io.github.sparklatent.ml.anomaly;
