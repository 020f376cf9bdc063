package io.github.sparklatent.bench.networks;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.github.sparklatent.metrics.Contingency;
import java.util.List;

/**
 * How well one run has found the labels that it did not see.
 *
 * @param name of the run
 * @param points along the training, at least one; the last is the result
 */
record ClusterRun(String name, List<Point> points) implements NamedRun {
    ClusterRun {
        points = List.copyOf(points);
    }

    /**
     * Where a run stood.
     *
     * @param passes over the data, those of all stages counted; 0 where none were by a network
     * @param seconds so far, evaluations not counted
     * @param accuracy share of rows whose cluster is matched to their label, under the best
     *     matching
     * @param information normalised mutual information of clusters and labels
     */
    record Point(double passes, double seconds, double accuracy, double information) {
        /**
         * @param clusters of the rows, from 0 on
         */
        static Point of(double passes, double seconds, int[] clusters, int[] labels) {
            int count = 1;
            int most = 1;
            for (int i = 0; i < labels.length; i++) {
                count = Math.max(count, labels[i] + 1);
                most = Math.max(most, clusters[i] + 1);
            }
            double[][] counts = new double[count][most];
            for (int i = 0; i < labels.length; i++) {
                counts[labels[i]][clusters[i]]++;
            }
            Contingency table = Contingency.of(counts);
            return new Point(
                    Training.rounded(passes),
                    Training.rounded(seconds),
                    Training.rounded(table.accuracy()),
                    Training.rounded(table.normalizedMutualInformation()));
        }
    }

    @JsonIgnore
    Point last() {
        return points.get(points.size() - 1);
    }
}
