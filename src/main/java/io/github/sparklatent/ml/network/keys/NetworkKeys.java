package io.github.sparklatent.ml.network.keys;

import io.github.sparklatent.config.Key;
import io.github.sparklatent.config.value.ValueTypes;
import io.github.sparklatent.ml.network.values.ImageSize;
import io.github.sparklatent.ml.network.values.LayerSetting;
import io.github.sparklatent.ml.network.values.Layers;
import io.github.sparklatent.ml.network.values.LikelihoodSetting;
import io.github.sparklatent.ml.network.values.Likelihoods;
import io.github.sparklatent.nn.Activation;
import java.util.List;

/** The keys of networks with an encoder and a decoder. */
public final class NetworkKeys {
    public static final Key<Integer> LATENT =
            Key.of("model.latent", ValueTypes.integer(1), 8, "number of latent variables of a row");
    public static final Key<List<LayerSetting>> ENCODER =
            Key.of(
                    "model.encoder",
                    new Layers(0, true),
                    List.of(LayerSetting.dense(128)),
                    "layers from the row to the latent variables; a number means a dense layer of"
                            + " that width");
    public static final Key<List<LayerSetting>> DECODER =
            Key.optional(
                    "model.decoder",
                    new Layers(0, true),
                    "the layers of the encoder, reversed",
                    "layers from the latent variables back to the row; convolutions are transposed"
                            + " here");
    public static final Key<List<Integer>> IMAGE =
            Key.optional(
                    "model.image",
                    new ImageSize(),
                    "the image size of idx and image files",
                    "size of the images in the rows; required for convolutions");
    public static final Key<String> ACTIVATION =
            Key.of(
                    "model.activation",
                    ValueTypes.names(Activation.values()),
                    Activation.RELU.toString(),
                    "function after every layer except the last");
    public static final Key<List<LikelihoodSetting>> LIKELIHOOD =
            Key.of(
                    "model.likelihood",
                    new Likelihoods(),
                    List.of(LikelihoodSetting.of(LikelihoodSetting.AUTO)),
                    "distribution of a row; auto: by the column's type; a gaussian's variance is 1,"
                            + " any number, learnt or output");
    public static final Key<Boolean> BINARIZE =
            Key.of(
                    "model.binarize",
                    ValueTypes.truth(),
                    false,
                    "bernoulli: whether values are drawn as 0 or 1 each time a row is used");

    public static final Key<String> CORRUPTION =
            Key.of(
                    "model.corruption.type",
                    ValueTypes.name("none", "gaussian", "masking"),
                    "none",
                    "change of a row before it is encoded; the original row is the target");
    public static final Key<Double> CORRUPTION_LEVEL =
            Key.of(
                    "model.corruption.level",
                    ValueTypes.notNegative(),
                    0.0,
                    "gaussian: standard deviation of the noise; masking: share of the values set to"
                            + " 0");

    /** The keys of the networks only. */
    public static final List<Key<?>> SHAPE =
            List.of(LATENT, ENCODER, DECODER, IMAGE, ACTIVATION, LIKELIHOOD);

    public static final List<Key<?>> ALL =
            List.of(
                    LATENT,
                    ENCODER,
                    DECODER,
                    IMAGE,
                    ACTIVATION,
                    LIKELIHOOD,
                    BINARIZE,
                    CORRUPTION,
                    CORRUPTION_LEVEL);

    private NetworkKeys() {}
}
