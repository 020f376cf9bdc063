package io.github.sparklatent.config;

import java.util.List;
import java.util.Optional;

/**
 * How clusters are found and kept apart; types without them have the defaults.
 *
 * @param start its name
 * @param restarts of the mixture of the codes
 * @param startRows whose codes the restarts see, at most
 * @param informationWeight of the mutual information of row and cluster; 0: none
 * @param clusterShares that the clusters should have, by component, of any sum; absent: all alike
 * @param crossEntropyWeight against the responsibilities of the start, while those are fixed
 */
public record ClusteringSettings(
        String start,
        int restarts,
        int startRows,
        double informationWeight,
        Optional<List<Double>> clusterShares,
        double crossEntropyWeight) {
    static ClusteringSettings of(Settings settings) {
        return new ClusteringSettings(
                settings.get(ClusteringKeys.START),
                settings.get(ClusteringKeys.RESTARTS),
                settings.get(ClusteringKeys.START_ROWS),
                settings.get(ClusteringKeys.INFORMATION_WEIGHT),
                settings.find(ClusteringKeys.CLUSTER_SHARES),
                settings.get(ClusteringKeys.CROSS_ENTROPY_WEIGHT));
    }
}
