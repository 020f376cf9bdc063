package io.github.sparklatent.ml.network.keys;

import io.github.sparklatent.config.Key;
import io.github.sparklatent.config.value.ValueTypes;
import io.github.sparklatent.vae.HiddenLayer;
import java.util.List;

/** What a network is measured by beyond its own objective. */
public final class EvaluateKeys {
    public static final String NONE = "none";
    public static final String COMPONENTS = "principal-components";
    public static final String NETWORK = "network";

    public static final Key<Double> IMAGE_RANGE =
            Key.optional(
                    "evaluate.imageRange",
                    ValueTypes.positive(),
                    "1 of idx and image files, else what the rows' values range over",
                    "range of an image's values, which the structural similarity (SSIM) depends"
                            + " on");
    public static final Key<String> FEATURES =
            Key.of(
                    "evaluate.features.type",
                    ValueTypes.name(NONE, COMPONENTS, NETWORK),
                    NONE,
                    "space in which drawn rows (and of a network reconstructions) are compared with"
                            + " rows");
    public static final Key<Integer> FEATURE_COMPONENTS =
            Key.of(
                    "evaluate.features.components",
                    ValueTypes.integer(1),
                    20,
                    "principal-components: how many; fewer where rows have fewer numbers");
    public static final Key<String> FEATURE_MODEL =
            Key.optional(
                    "evaluate.features.model",
                    ValueTypes.text("a path"),
                    "the space is none of a network",
                    "network: saved result of the network whose layer is the space");
    public static final Key<String> FEATURE_LAYER =
            Key.of(
                    "evaluate.features.layer",
                    ValueTypes.text("the name of a layer"),
                    HiddenLayer.CODE,
                    "network: code, or a hidden layer such as encoder.0 or discriminator.1");
    public static final Key<Long> FEATURE_ROWS =
            Key.of(
                    "evaluate.features.rows",
                    ValueTypes.longInteger(2),
                    10_000L,
                    "rows drawn at most, by sample.seed and sample.noise; else as many as are"
                            + " measured");

    /** Of networks that reconstruct rows and draw some. */
    public static final List<Key<?>> ALL =
            List.of(
                    IMAGE_RANGE,
                    FEATURES,
                    FEATURE_COMPONENTS,
                    FEATURE_MODEL,
                    FEATURE_LAYER,
                    FEATURE_ROWS);

    /** Of networks that draw none. */
    public static final List<Key<?>> OF_RECONSTRUCTIONS =
            List.of(IMAGE_RANGE, FEATURES, FEATURE_MODEL, FEATURE_LAYER);

    /** Of networks that reconstruct none. */
    public static final List<Key<?>> OF_DRAWN_ROWS =
            List.of(FEATURES, FEATURE_COMPONENTS, FEATURE_MODEL, FEATURE_LAYER, FEATURE_ROWS);

    private EvaluateKeys() {}
}
