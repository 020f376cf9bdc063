package io.github.sparklatent.bench.clustering;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.sparklatent.bench.report.NamedRun;
import io.github.sparklatent.metrics.Contingency;
import java.util.Arrays;
import java.util.List;

/**
 * How well one run found the labels, which it did not use.
 *
 * @param points during the training, at least one; the last is the result
 * @param bound mean evidence lower bound of the rows under the trained network, in nats; null if it was not measured
 */
public record ClusterRun(
        String name,
        List<Point> points,
        @JsonInclude(JsonInclude.Include.NON_NULL) Double bound) implements NamedRun {
    public ClusterRun {
        points = List.copyOf(points);
    }

    /**
     * The state of a run.
     *
     * @param epochs of all stages so far; 0 without a network
     * @param seconds so far, without evaluations
     * @param accuracy share of rows whose cluster is matched to their label, by the best matching
     * @param information normalised mutual information of clusters and labels
     */
    record Point(double epochs, double seconds, double accuracy, double information) {
        /** Measures clusters, numbered from 0, against labels. */
        static Point of(double epochs, double seconds, int[] clusters, int[] labels) {
            Contingency table = contingency(clusters, labels);
            return new Point(
                    NamedRun.rounded(epochs),
                    NamedRun.rounded(seconds),
                    NamedRun.rounded(table.accuracy()),
                    NamedRun.rounded(table.normalizedMutualInformation()));
        }
    }

    /** Counts the rows of each label and cluster, numbered from 0. */
    public static Contingency contingency(int[] clusters, int[] labels) {
        double[][] counts = new double[1 + Arrays.stream(labels).max().orElse(0)]
                [1 + Arrays.stream(clusters).max().orElse(0)];
        for (int i = 0; i < labels.length; i++) {
            counts[labels[i]][clusters[i]]++;
        }
        return Contingency.of(counts, null);
    }

    @JsonIgnore
    Point last() {
        return points.get(points.size() - 1);
    }
}
