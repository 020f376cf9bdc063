package io.github.sparklatent.config;

import java.util.List;

/** What only a plain autoencoder has. */
final class AutoencoderKeys {
    private static final List<ScoreColumn> COLUMNS =
            List.of(
                    ScoreColumn.LATENT,
                    ScoreColumn.RECONSTRUCTION,
                    ScoreColumn.RECONSTRUCTION_ERROR,
                    ScoreColumn.ANOMALY);

    static final Key<List<ScoreColumn>> SCORE_COLUMNS =
            Key.of(
                    "score.columns",
                    Kinds.oneOrMore(Kinds.oneOf(COLUMNS)),
                    List.of(
                            ScoreColumn.LATENT,
                            ScoreColumn.RECONSTRUCTION_ERROR,
                            ScoreColumn.ANOMALY),
                    "columns that score adds; anomaly is the row's loss");

    static final List<Key<?>> ALL = List.of(SCORE_COLUMNS);

    private AutoencoderKeys() {}
}
