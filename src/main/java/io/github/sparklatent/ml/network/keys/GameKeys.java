package io.github.sparklatent.ml.network.keys;

import io.github.sparklatent.config.Key;
import io.github.sparklatent.config.ScoreColumn;
import io.github.sparklatent.config.value.ValueTypes;
import io.github.sparklatent.vae.adversarial.VariationalAdversarialOptions;
import java.util.List;

/** The keys that only a variational autoencoder with a discriminator has. */
public final class GameKeys {
    public static final Key<Double> RECONSTRUCTION_WEIGHT =
            Key.of(
                    "model.reconstructionWeight",
                    ValueTypes.notNegative(),
                    VariationalAdversarialOptions.DEFAULT.gamma(),
                    "weight of featureReconstruction against the discriminator's loss, for the"
                            + " decoder");
    public static final Key<List<PlayerSetting>> PLAYERS =
            AdversaryKeys.players("encoder", "decoder", "discriminator");

    public static final Key<List<ScoreColumn>> SCORE_COLUMNS =
            VariationalKeys.scoreColumns(ScoreColumn.REAL_PROBABILITY);

    public static final List<Key<?>> ALL =
            List.of(
                    VariationalKeys.IMPORTANCE_SAMPLES,
                    RECONSTRUCTION_WEIGHT,
                    PLAYERS,
                    SCORE_COLUMNS,
                    VariationalKeys.SCORE_SAMPLES,
                    VariationalKeys.SCORE_RECONSTRUCTION);

    private GameKeys() {}
}
