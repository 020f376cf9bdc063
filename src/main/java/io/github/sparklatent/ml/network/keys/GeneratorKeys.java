package io.github.sparklatent.ml.network.keys;

import io.github.sparklatent.config.Key;
import io.github.sparklatent.config.ScoreColumn;
import io.github.sparklatent.ml.network.values.LayerSetting;
import io.github.sparklatent.ml.network.values.Layers;
import java.util.List;

/** The keys that only a generative adversarial network has. */
public final class GeneratorKeys {
    public static final Key<List<LayerSetting>> GENERATOR =
            Key.of(
                    "model.decoder",
                    new Layers(0, true),
                    List.of(LayerSetting.dense(128)),
                    "layers of the generator, from the latent variables to the row; convolutions"
                            + " are transposed here");
    public static final Key<List<PlayerSetting>> PLAYERS =
            AdversaryKeys.players("discriminator", "generator");

    public static final Key<List<ScoreColumn>> SCORE_COLUMNS =
            ScoreColumn.key(
                    List.of(ScoreColumn.ANOMALY, ScoreColumn.REAL_PROBABILITY),
                    List.of(ScoreColumn.ANOMALY),
                    "anomalyScore is -log of the probability that the discriminator gives to real");

    public static final List<Key<?>> ALL =
            List.of(
                    NetworkKeys.LATENT,
                    GENERATOR,
                    NetworkKeys.IMAGE,
                    NetworkKeys.ACTIVATION,
                    NetworkKeys.LIKELIHOOD,
                    PLAYERS,
                    SCORE_COLUMNS);

    private GeneratorKeys() {}
}
