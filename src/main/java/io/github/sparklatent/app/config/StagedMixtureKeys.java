package io.github.sparklatent.app.config;

import io.github.sparklatent.app.config.Stages.Phase;
import io.github.sparklatent.vae.stage.ClusteringPhase;
import java.util.List;

/** The keys that only a mixture-of-Gaussians variational autoencoder has. */
final class StagedMixtureKeys {
    private static final Stages PHASES =
            new Stages(
                    List.of(
                            ClusteringKeys.phase(ClusteringPhase.AUTOENCODER),
                            new Phase("encoder", 5, false),
                            new Phase("decoder", 5, true),
                            new Phase("joint", 40, false)),
                    false);

    static final Key<List<StageSetting>> STAGES =
            Key.of(
                    "train.stages",
                    PHASES,
                    PHASES.preset(),
                    "what moves, and how, by the keys of train; in decoder also adversarialWeight"
                            + " >= 0; autoencoder is the first");
    static final Key<List<PlayerSetting>> PLAYERS = AdversaryKeys.players("discriminator");

    static final List<Key<?>> ALL =
            List.of(
                    VariationalKeys.SAMPLES,
                    VariationalKeys.BETA,
                    VariationalKeys.BETA_WARM_UP,
                    VariationalKeys.IMPORTANCE_SAMPLES,
                    ClusteringKeys.START,
                    STAGES,
                    ClusteringKeys.RESTARTS,
                    ClusteringKeys.START_ROWS,
                    PLAYERS);

    private StagedMixtureKeys() {}
}
