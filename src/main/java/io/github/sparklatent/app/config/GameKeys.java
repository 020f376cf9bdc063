package io.github.sparklatent.app.config;

import io.github.sparklatent.vae.adversarial.VariationalAdversarialOptions;
import java.util.List;

/** The keys that only a variational autoencoder with a discriminator has. */
final class GameKeys {
    static final Key<Double> RECONSTRUCTION_WEIGHT =
            Key.of(
                    "model.reconstructionWeight",
                    Kinds.notNegative(),
                    VariationalAdversarialOptions.DEFAULT.gamma(),
                    "weight of featureReconstruction against the discriminator's verdict, for the"
                            + " decoder");
    static final Key<List<PlayerSetting>> PLAYERS =
            AdversaryKeys.players("encoder", "decoder", "discriminator");

    static final List<Key<?>> ALL =
            List.of(
                    VariationalKeys.IMPORTANCE_SAMPLES,
                    RECONSTRUCTION_WEIGHT,
                    PLAYERS,
                    VariationalKeys.SCORE_COLUMNS);

    private GameKeys() {}
}
