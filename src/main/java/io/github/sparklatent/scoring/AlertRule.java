package io.github.sparklatent.scoring;

/**
 * The rule by which rows are anomalies: their score is above the threshold, or above the score that a share of the
 * reference rows exceeds. Scores are standardised if the model can.
 *
 * @param reference the reference rows
 * @param alertRate the share
 * @param threshold the threshold; NaN: the share decides
 */
public record AlertRule(ReferenceRows reference, double alertRate, double threshold) {
    /** Returns the score above which a row is an anomaly. */
    public double limit() {
        return hasThreshold() ? threshold : reference.scores().exceededBy(alertRate);
    }

    /** Returns whether a threshold decides. */
    public boolean hasThreshold() {
        return !Double.isNaN(threshold);
    }

    /** Returns the rule with another threshold. */
    public AlertRule above(double score) {
        return new AlertRule(reference, alertRate, score);
    }
}
