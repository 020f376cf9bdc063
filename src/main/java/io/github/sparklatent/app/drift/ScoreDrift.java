package io.github.sparklatent.app.drift;

import io.github.sparklatent.metrics.AreaUnderRoc;
import io.github.sparklatent.ml.io.Json;
import java.util.Arrays;
import java.util.Map;

/**
 * The anomaly scores of the rows of two tables under one model. For a model with densities, the score is minus the log
 * density, so the difference of the means is the loss of log-likelihood per row.
 *
 * @param area share of pairs in which a row of the current table has a higher score than one of the reference; 0.5 if
 *     the scores have not moved
 * @param areaError standard error of the area
 * @param before mean score in the reference
 * @param after mean score in the current table
 * @param error standard error of the difference of the means
 */
public record ScoreDrift(double area, double areaError, double before, double after, double error) {
    /** Compares scores, at least two of each table. */
    public static ScoreDrift of(double[] reference, double[] current) {
        int n = reference.length;
        int m = current.length;
        double[] scores = Arrays.copyOf(current, n + m);
        System.arraycopy(reference, 0, scores, m, n);
        boolean[] isCurrent = new boolean[n + m];
        Arrays.fill(isCurrent, 0, m, true);
        double area = AreaUnderRoc.of(scores, isCurrent);
        return new ScoreDrift(
                area,
                AreaUnderRoc.standardError(area, m, n),
                mean(reference),
                mean(current),
                Math.sqrt(variance(reference) / n + variance(current) / m));
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).sum() / values.length;
    }

    private static double variance(double[] values) {
        double mean = mean(values);
        return Arrays.stream(values)
                        .map(value -> (value - mean) * (value - mean))
                        .sum()
                / (values.length - 1);
    }

    /** Returns the mean score of the current table minus that of the reference. */
    public double difference() {
        return after - before;
    }

    Map<String, Object> json() {
        return Json.object(
                "auc", area,
                "standardError", areaError,
                "referenceMean", before,
                "currentMean", after,
                "difference", difference(),
                "differenceError", error);
    }
}
