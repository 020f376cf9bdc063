package io.github.sparklatent.ml.network.keys;

import io.github.sparklatent.config.Key;
import io.github.sparklatent.config.ScoreColumn;
import io.github.sparklatent.config.value.ValueTypes;
import java.util.List;

/** What only a plain autoencoder has. */
public final class AutoencoderKeys {
    private static final List<ScoreColumn> COLUMNS =
            List.of(
                    ScoreColumn.LATENT,
                    ScoreColumn.RECONSTRUCTION,
                    ScoreColumn.RECONSTRUCTION_ERROR,
                    ScoreColumn.ANOMALY);

    public static final Key<List<ScoreColumn>> SCORE_COLUMNS =
            Key.of(
                    "score.columns",
                    ValueTypes.oneOrMore(ValueTypes.oneOf(COLUMNS)),
                    List.of(
                            ScoreColumn.LATENT,
                            ScoreColumn.RECONSTRUCTION_ERROR,
                            ScoreColumn.ANOMALY),
                    "columns that score adds; anomaly is the row's loss");

    public static final List<Key<?>> ALL = List.of(SCORE_COLUMNS);

    private AutoencoderKeys() {}
}
