package io.github.sparklatent.ml.network;

import io.github.sparklatent.ml.io.Lines;
import io.github.sparklatent.ml.network.measure.RowComparison;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The comparison of rows with their reconstructions and with rows drawn from the network.
 *
 * @param metrics numbers by name; empty if nothing was measured
 * @param details details by name: the units and the feature space of the metrics
 * @param space description of the feature space; empty if there is none
 */
record Comparison(Map<String, Object> metrics, Map<String, Object> details, String space) {
    /** The comparison if nothing was measured. */
    static final Comparison NONE = new Comparison(Map.of(), Map.of(), "");

    /** Returns measures with the details of this comparison, as in {@code metrics.json}. */
    Map<String, Object> beside(Map<String, Object> measures) {
        Map<String, Object> all = new LinkedHashMap<>(measures);
        all.putAll(details);
        return all;
    }

    /** Returns the name of a metric for a report. */
    String words(String figure) {
        return switch (figure) {
            case RowComparison.SIMILARITY -> "Structural similarity (SSIM) of reconstructions, at most 1";
            case RowComparison.FRECHET -> "Squared Fréchet distance of drawn rows: " + space;
            default -> "Squared distance of reconstructions as a share of the rows' variance: " + space;
        };
    }

    /** Adds a line with the feature space, if there is one. */
    void addTo(Lines lines) {
        if (!space.isEmpty()) {
            lines.add("features", "%s", space);
        }
    }
}
