package io.github.sparklatent.ml.network.keys;

import io.github.sparklatent.config.Key;
import io.github.sparklatent.config.value.ValueTypes;
import io.github.sparklatent.vae.HiddenLayer;
import java.util.List;
import java.util.stream.Stream;

/** The keys of figures that a network is evaluated by in addition to its objective. */
public final class EvaluateKeys {
    public static final String NONE = "none";
    public static final String COMPONENTS = "principal-components";
    public static final String NETWORK = "network";

    public static final Key<Double> IMAGE_RANGE =
            Key.optional(
                    "evaluate.imageRange",
                    ValueTypes.positive(),
                    "1 for idx and image files, else the range of the rows' values",
                    "range of an image's values, which the structural similarity (SSIM) depends"
                            + " on");
    public static final Key<String> FEATURES =
            Key.of(
                    "evaluate.features.type",
                    ValueTypes.name(NONE, COMPONENTS, NETWORK),
                    NONE,
                    "space in which drawn rows (for network also reconstructions) are compared with"
                            + " rows");
    public static final Key<Integer> FEATURE_COMPONENTS =
            Key.of(
                    "evaluate.features.components",
                    ValueTypes.integer(1),
                    20,
                    "principal-components: their number, at most the number of features");
    public static final Key<String> FEATURE_MODEL =
            Key.optional(
                    "evaluate.features.model",
                    ValueTypes.text("a path"),
                    "required for network",
                    "network: saved result of the model whose layer is the space");
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
                    "most rows drawn, with sample.seed and sample.noise; otherwise as many as are"
                            + " evaluated");

    /** The keys of networks that reconstruct rows and draw rows. */
    public static final List<Key<?>> ALL =
            List.of(
                    IMAGE_RANGE,
                    FEATURES,
                    FEATURE_COMPONENTS,
                    FEATURE_MODEL,
                    FEATURE_LAYER,
                    FEATURE_ROWS);

    /** The keys of networks that only reconstruct rows. */
    public static final List<Key<?>> RECONSTRUCTIONS =
            List.of(IMAGE_RANGE, FEATURES, FEATURE_MODEL, FEATURE_LAYER);

    /**
     * The keys of a generative adversarial network. The space chooses the round that is kept, so
     * they are Params of the Estimator too.
     */
    public static final List<Key<?>> GENERATOR =
            List.of(
                    FEATURES.asParam("featureSpace"),
                    FEATURE_COMPONENTS.asParam("featureComponents"),
                    FEATURE_MODEL.asParam("featureModel"),
                    FEATURE_LAYER.asParam("featureLayer"),
                    FEATURE_ROWS.asParam("featureRows"));

    /** The keys of an adversarial variational autoencoder. */
    public static final List<Key<?>> GAME =
            Stream.concat(Stream.of(IMAGE_RANGE), GENERATOR.stream()).<Key<?>>map(k -> k).toList();

    private EvaluateKeys() {}
}
