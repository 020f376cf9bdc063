package io.github.sparklatent.config;

import io.github.sparklatent.nn.Activation;
import java.util.List;

/** What networks with an encoder and a decoder are built of. */
final class NetworkKeys {
    static final Key<Integer> LATENT =
            Key.of("model.latent", Kinds.integer(1), 8, "latent variables of a row");
    static final Key<List<LayerSetting>> ENCODER =
            Key.of(
                    "model.encoder",
                    new Layers(0, true),
                    List.of(LayerSetting.dense(128)),
                    "layers from the row to the latent variables; a number is the width of a dense"
                            + " one");
    static final Key<List<LayerSetting>> DECODER =
            Key.optional(
                    "model.decoder",
                    new Layers(0, true),
                    "the encoder's, mirrored",
                    "layers from the latent variables back to the row; convolutions are transposed"
                            + " here");
    static final Key<List<Integer>> IMAGE =
            Key.optional(
                    "model.image",
                    new ImageSize(),
                    "as idx and image files have it",
                    "size of the images that rows are; convolutions need it");
    static final Key<String> ACTIVATION =
            Key.of(
                    "model.activation",
                    Kinds.names(Activation.values()),
                    Activation.RELU.toString(),
                    "function behind every layer but the last");
    static final Key<List<LikelihoodSetting>> LIKELIHOOD =
            Key.of(
                    "model.likelihood",
                    new Likelihoods(),
                    List.of(LikelihoodSetting.of("gaussian")),
                    "distribution of a row given its latent variables; gaussian has variance 1, any"
                            + " number, learnt or output");
    static final Key<Boolean> BINARIZE =
            Key.of(
                    "model.binarize",
                    Kinds.truth(),
                    false,
                    "bernoulli: whether values are drawn as 0 or 1 each time a row is used");

    static final Key<String> CORRUPTION =
            Key.of(
                    "model.corruption.type",
                    Kinds.name("none", "gaussian", "masking"),
                    "none",
                    "what is done to a row before it is encoded; the row as it was is the target");
    static final Key<Double> CORRUPTION_LEVEL =
            Key.of(
                    "model.corruption.level",
                    Kinds.notNegative(),
                    0.0,
                    "gaussian: deviation of the noise; masking: share of the values set to 0");

    /** The networks alone. */
    static final List<Key<?>> SHAPE =
            List.of(LATENT, ENCODER, DECODER, IMAGE, ACTIVATION, LIKELIHOOD);

    static final List<Key<?>> ALL =
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
