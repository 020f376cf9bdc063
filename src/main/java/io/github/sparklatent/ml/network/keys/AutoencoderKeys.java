package io.github.sparklatent.ml.network.keys;

import io.github.sparklatent.config.Key;
import io.github.sparklatent.config.ScoreColumn;
import java.util.List;

/** The keys that only a plain autoencoder has. */
public final class AutoencoderKeys {
    private static final List<ScoreColumn> COLUMNS =
            List.of(
                    ScoreColumn.LATENT,
                    ScoreColumn.RECONSTRUCTION,
                    ScoreColumn.RECONSTRUCTION_ERROR,
                    ScoreColumn.ANOMALY);

    public static final Key<List<ScoreColumn>> SCORE_COLUMNS =
            ScoreColumn.key(
                    COLUMNS,
                    List.of(
                            ScoreColumn.LATENT,
                            ScoreColumn.RECONSTRUCTION_ERROR,
                            ScoreColumn.ANOMALY),
                    "anomalyScore is the row's loss");

    public static final List<Key<?>> ALL = List.of(SCORE_COLUMNS);

    private AutoencoderKeys() {}
}
