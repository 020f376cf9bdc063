package io.github.sparklatent.config;

import io.github.sparklatent.vae.HiddenLayer;
import java.util.List;

/** What a network is measured by beyond its own objective. */
final class EvaluateKeys {
    static final String NONE = "none";
    static final String COMPONENTS = "principal-components";
    static final String NETWORK = "network";

    static final Key<Double> IMAGE_RANGE =
            Key.optional(
                    "evaluate.imageRange",
                    Kinds.positive(),
                    "1 of idx and image files, else what the rows' values range over",
                    "range of an image's values, which the structural similarity (SSIM) depends"
                            + " on");
    static final Key<String> FEATURES =
            Key.of(
                    "evaluate.features.type",
                    Kinds.name(NONE, COMPONENTS, NETWORK),
                    NONE,
                    "space in which drawn rows (and of a network reconstructions) are compared with"
                            + " rows");
    static final Key<Integer> FEATURE_COMPONENTS =
            Key.of(
                    "evaluate.features.components",
                    Kinds.integer(1),
                    20,
                    "principal-components: how many; fewer where rows have fewer numbers");
    static final Key<String> FEATURE_MODEL =
            Key.optional(
                    "evaluate.features.model",
                    Kinds.text("a path"),
                    "the space is none of a network",
                    "network: saved result of the network whose layer is the space");
    static final Key<String> FEATURE_LAYER =
            Key.of(
                    "evaluate.features.layer",
                    Kinds.text("the name of a layer"),
                    HiddenLayer.CODE,
                    "network: code, or a hidden layer such as encoder.0 or discriminator.1");
    static final Key<Long> FEATURE_ROWS =
            Key.of(
                    "evaluate.features.rows",
                    Kinds.longInteger(2),
                    10_000L,
                    "rows drawn at most, by sample.seed and sample.noise; else as many as are"
                            + " measured");

    /** Of networks that reconstruct rows and draw some. */
    static final List<Key<?>> ALL =
            List.of(
                    IMAGE_RANGE,
                    FEATURES,
                    FEATURE_COMPONENTS,
                    FEATURE_MODEL,
                    FEATURE_LAYER,
                    FEATURE_ROWS);

    /** Of networks that draw none. */
    static final List<Key<?>> OF_RECONSTRUCTIONS =
            List.of(IMAGE_RANGE, FEATURES, FEATURE_MODEL, FEATURE_LAYER);

    /** Of networks that reconstruct none. */
    static final List<Key<?>> OF_DRAWN_ROWS =
            List.of(FEATURES, FEATURE_COMPONENTS, FEATURE_MODEL, FEATURE_LAYER, FEATURE_ROWS);

    private EvaluateKeys() {}
}
