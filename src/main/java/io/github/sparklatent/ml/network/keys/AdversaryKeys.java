package io.github.sparklatent.ml.network.keys;

import io.github.sparklatent.config.Key;
import io.github.sparklatent.config.value.ValueTypes;
import io.github.sparklatent.ml.network.values.LayerSetting;
import io.github.sparklatent.ml.network.values.Layers;
import java.util.List;

/** The keys of every network that is trained against a discriminator. */
public final class AdversaryKeys {
    /** Smoothed labels at or above it would call real rows generated. */
    private static final double EVEN = 0.5;

    public static final Key<List<LayerSetting>> DISCRIMINATOR =
            Key.of(
                    "model.discriminator",
                    new Layers(1, true),
                    List.of(LayerSetting.dense(128)),
                    "layers of the network that tells real rows from generated ones");
    public static final Key<Double> LABEL_SMOOTHING =
            Key.of(
                    "model.labelSmoothing",
                    ValueTypes.below(EVEN),
                    0.0,
                    "what the discriminator's target for a real row lies below 1");
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
                    "weight of the squared slope of the discriminator's logit at real rows (R1):"
                            + " fewer kinds of rows are left out");

    public static final List<Key<?>> ALL =
            List.of(DISCRIMINATOR, LABEL_SMOOTHING, SPECTRAL_NORMALIZATION, GRADIENT_PENALTY);

    private AdversaryKeys() {}

    /** Of these players, in the order of their turns. */
    static Key<List<PlayerSetting>> players(String... names) {
        return Key.optional(
                "train.players",
                new Players(List.of(names)),
                "all step as train.optimizer says",
                "optimizer of a network that does not step as all do, with the keys of"
                        + " train.optimizer");
    }
}
