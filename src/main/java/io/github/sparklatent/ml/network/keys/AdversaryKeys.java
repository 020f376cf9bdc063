package io.github.sparklatent.ml.network.keys;

import io.github.sparklatent.config.Key;
import io.github.sparklatent.config.value.ValueTypes;
import io.github.sparklatent.ml.network.values.LayerSetting;
import io.github.sparklatent.ml.network.values.Layers;
import java.util.List;

/** The keys of all networks that are trained against a discriminator. */
public final class AdversaryKeys {
    /**
     * The exclusive upper bound of label smoothing; from it on, real rows would be labelled as
     * generated.
     */
    private static final double EVEN = 0.5;

    public static final Key<List<LayerSetting>> DISCRIMINATOR =
            Key.of(
                    "model.discriminator",
                    new Layers(1, true),
                    List.of(LayerSetting.dense(128)),
                    "layers of the network that separates real rows from generated ones");
    public static final Key<Double> LABEL_SMOOTHING =
            Key.of(
                    "model.labelSmoothing",
                    ValueTypes.real(">= 0 and < " + EVEN),
                    0.0,
                    "difference between 1 and the discriminator's target for a real row");
    public static final Key<Boolean> SPECTRAL_NORMALIZATION =
            Key.of(
                    "model.spectralNormalization",
                    ValueTypes.truth(),
                    false,
                    "whether each layer of the discriminator is divided by its largest singular"
                            + " value");

    public static final Key<Double> GRADIENT_PENALTY =
            Key.of(
                    "model.gradientPenalty",
                    ValueTypes.notNegative(),
                    0.0,
                    "weight of the squared gradient of the discriminator's logit at real rows (R1);"
                            + " prevents missing modes");

    public static final List<Key<?>> ALL =
            List.of(DISCRIMINATOR, LABEL_SMOOTHING, SPECTRAL_NORMALIZATION, GRADIENT_PENALTY);

    private AdversaryKeys() {}

    /** Returns the key {@code train.players} for these players, in the order of their updates. */
    static Key<List<PlayerSetting>> players(String... names) {
        return Key.optional(
                "train.players",
                new Players(List.of(names)),
                "all use train.optimizer",
                "own optimizer of single networks, with the keys of" + " train.optimizer");
    }
}
