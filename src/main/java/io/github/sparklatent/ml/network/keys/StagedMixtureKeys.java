package io.github.sparklatent.ml.network.keys;

import io.github.sparklatent.config.Key;
import io.github.sparklatent.config.ScoreColumn;
import io.github.sparklatent.config.value.ValueTypes;
import io.github.sparklatent.ml.network.keys.Stages.Phase;
import io.github.sparklatent.vae.adversarial.AdversarialTarget;
import io.github.sparklatent.vae.stage.ClusteringPhase;
import java.util.List;

/** The keys that only a mixture-of-Gaussians variational autoencoder has. */
public final class StagedMixtureKeys {
    private static final Stages PHASES =
            new Stages(
                    List.of(
                            ClusteringKeys.phase(ClusteringPhase.AUTOENCODER),
                            new Phase("encoder", 5, false),
                            new Phase("decoder", 5, true),
                            new Phase("joint", 40, false)),
                    false);

    public static final Key<List<StageSetting>> STAGES =
            Key.of(
                    "train.stages",
                    PHASES,
                    PHASES.preset(),
                    "stages in order, with keys of train; decoder may have adversarialWeight"
                            + " >= 0; autoencoder must be the first");
    public static final Key<String> ADVERSARIAL_TARGET =
            Key.of(
                    "model.adversarialTarget",
                    ValueTypes.name("reconstructions", "samples", "both"),
                    AdversarialTarget.DEFAULT.toString(),
                    "rows that the discriminator judges in stage decoder: reconstructions, samples"
                            + " or both");
    public static final Key<List<PlayerSetting>> PLAYERS = AdversaryKeys.players("discriminator");

    public static final Key<List<ScoreColumn>> SCORE_COLUMNS =
            LatentMixtureKeys.scoreColumns(ScoreColumn.LOG_DENSITY, ScoreColumn.IMPUTED);

    /** The keys of the latent mixture and its scores. */
    public static final List<Key<?>> LATENT_MIXTURE =
            LatentMixtureKeys.with(SCORE_COLUMNS, VariationalKeys.SCORE_IMPORTANCE_SAMPLES);

    public static final List<Key<?>> ALL =
            List.of(
                    LatentMixtureKeys.PRIOR_COVARIANCE,
                    VariationalKeys.SAMPLES,
                    VariationalKeys.BETA,
                    VariationalKeys.BETA_WARM_UP,
                    VariationalKeys.IMPORTANCE_SAMPLES,
                    ClusteringKeys.START,
                    ADVERSARIAL_TARGET,
                    STAGES,
                    ClusteringKeys.RESTARTS,
                    ClusteringKeys.START_ROWS,
                    PLAYERS);

    private StagedMixtureKeys() {}
}
