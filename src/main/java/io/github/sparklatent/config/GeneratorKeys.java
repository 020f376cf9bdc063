package io.github.sparklatent.config;

import java.util.List;

/** The keys that only a generative adversarial network has. */
final class GeneratorKeys {
    static final Key<List<LayerSetting>> GENERATOR =
            Key.of(
                    "model.decoder",
                    new Layers(0, true),
                    List.of(LayerSetting.dense(128)),
                    "layers of the generator, from the latent variables to the row; convolutions"
                            + " are transposed here");
    static final Key<List<PlayerSetting>> PLAYERS =
            AdversaryKeys.players("discriminator", "generator");

    private static final List<ScoreColumn> COLUMNS = List.of(ScoreColumn.ANOMALY);
    static final Key<List<ScoreColumn>> SCORE_COLUMNS =
            Key.of(
                    "score.columns",
                    Kinds.oneOrMore(Kinds.oneOf(COLUMNS)),
                    COLUMNS,
                    "columns that score adds; anomaly is minus the logarithm of the"
                            + " discriminator's belief in the row");

    static final List<Key<?>> ALL =
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
