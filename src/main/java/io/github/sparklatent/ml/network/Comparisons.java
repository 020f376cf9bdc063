package io.github.sparklatent.ml.network;

import io.github.sparklatent.cluster.ShardTable;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.metrics.FeatureSpace;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.io.Lines;
import io.github.sparklatent.ml.network.measure.DrawnDistance;
import io.github.sparklatent.ml.network.measure.ImageSimilarity;
import io.github.sparklatent.ml.network.measure.PerceptualDistance;
import io.github.sparklatent.vae.ScoringOptions;
import io.github.sparklatent.vae.TrainedNetwork;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Compares rows with their reconstructions and with drawn rows, on the workers. The value range of images is taken from
 * one table for all comparisons.
 */
final class Comparisons {
    private final ComparisonPlan plan;
    private final TrainedNetwork network;
    private final ScoringOptions options;
    private final Optional<ImageSimilarity> similarity;
    private final Optional<FeatureSpace> space;

    /**
     * Prepares the comparisons.
     *
     * @param model model with its scoring options
     * @param rows table of the rows that are compared
     */
    Comparisons(ComparisonPlan plan, NetworkModel<?> model, ShardTable rows) {
        this.plan = plan;
        this.network = model.network();
        this.options = model.scoringOptions();
        this.similarity = plan.image().flatMap(image -> similarity(image, rows));
        this.space = plan.space().map(asked -> asked.space(rows.scaling()));
    }

    /** Returns the comparison as images, or nothing if all values are equal. */
    private Optional<ImageSimilarity> similarity(ComparisonPlan.RowImage image, ShardTable rows) {
        double range = image.range().orElse(rows.facts().valueRange());
        return range > 0
                ? Optional.of(new ImageSimilarity(network, options, image.shape(), range, rows.scaling()))
                : Optional.empty();
    }

    /** Compares rows with their reconstructions and with drawn rows. {@code name}: name of the rows. */
    Comparison of(Shards rows, String name) {
        Map<String, Object> metrics = new LinkedHashMap<>();
        Map<String, Object> details = new LinkedHashMap<>();
        similarity.ifPresent(images -> {
            metrics.put(Comparison.SIMILARITY, images.of(rows, "similarity of the " + name));
            details.put("images", json(images));
        });
        if (space.isEmpty()) {
            return new Comparison(metrics, details, "");
        }
        ComparisonPlan.Space asked = plan.space().orElseThrow();
        Map<String, Object> features = asked.json();
        if (network.kind().hasPrior()) {
            DrawnDistance distance =
                    new DrawnDistance(network, space.get(), ComparisonPlan.MAX_DRAWN, plan.seed(), plan.sampleNoise());
            metrics.put(Comparison.FRECHET, distance.of(rows, "drawn rows and the " + name));
            features.put("drawn", distance.drawn(rows.rows()));
            features.put("seed", distance.seed());
            features.put("noise", distance.noise());
        }
        if (network.kind().hasEncoder()) {
            metrics.put(
                    Comparison.PERCEPTUAL,
                    new PerceptualDistance(network, options, space.get()).of(rows, "features of the " + name));
        }
        details.put("features", features);
        return new Comparison(metrics, details, asked.describe());
    }

    private static Map<String, Object> json(ImageSimilarity images) {
        return Json.object(
                "channels", images.image().channels(),
                "height", images.image().height(),
                "width", images.image().width(),
                "window", images.window(),
                "range", images.range());
    }

    /**
     * The comparison of rows with their reconstructions and with rows drawn from the network.
     *
     * @param metrics numbers by name; empty if nothing was measured
     * @param details details by name: the units and the feature space of the metrics
     * @param space description of the feature space; empty if there is none
     */
    record Comparison(Map<String, Object> metrics, Map<String, Object> details, String space) {
        /** The name of the structural similarity. */
        static final String SIMILARITY = "ssim";

        /** The name of the Fréchet distance. */
        static final String FRECHET = "frechetDistance";

        /** The name of the perceptual distance. */
        static final String PERCEPTUAL = "perceptualDistance";

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
                case SIMILARITY -> "Structural similarity (SSIM) of reconstructions, at most 1";
                case FRECHET -> "Squared Fréchet distance of drawn rows: " + space;
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
}
