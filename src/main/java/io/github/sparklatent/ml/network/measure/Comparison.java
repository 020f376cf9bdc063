package io.github.sparklatent.ml.network.measure;

import io.github.sparklatent.ml.io.Lines;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How rows compare with what a network makes of them and with rows drawn from it.
 *
 * @param figures numbers by name; none where nothing was to be measured
 * @param details by name: in what units and in which space the figures are
 * @param space of features, in words; empty where there is none
 */
public record Comparison(Map<String, Object> figures, Map<String, Object> details, String space) {
    public static final String SIMILARITY = "ssim";
    public static final String FRECHET = "frechetDistance";
    public static final String PERCEPTUAL = "perceptualDistance";

    public static final Comparison NONE = new Comparison(Map.of(), Map.of(), "");

    /** The same figures with the details beside them, as in {@code metrics.json}. */
    public Map<String, Object> beside(Map<String, Object> measures) {
        Map<String, Object> all = new LinkedHashMap<>(measures);
        all.putAll(details);
        return all;
    }

    /** A figure's name as a report has it. */
    public String words(String figure) {
        return switch (figure) {
            case SIMILARITY -> "Structural similarity (SSIM) of reconstructions, 1 at most";
            case FRECHET -> "Squared Fréchet distance of drawn rows: " + space;
            default -> "Squared distance of reconstructions, 1: the rows' variance: " + space;
        };
    }

    /** A line of the space, where there is one. */
    public void addTo(Lines lines) {
        if (!space.isEmpty()) {
            lines.add("features", "%s", space);
        }
    }
}
