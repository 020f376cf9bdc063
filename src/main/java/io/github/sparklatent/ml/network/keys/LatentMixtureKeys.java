package io.github.sparklatent.ml.network.keys;

import io.github.sparklatent.config.CommonKeys;
import io.github.sparklatent.config.Key;
import io.github.sparklatent.config.ScoreColumn;
import io.github.sparklatent.config.value.ValueTypes;
import io.github.sparklatent.vae.model.PriorCovariance;
import java.util.List;

/** The keys of all networks whose latent space is a mixture. */
public final class LatentMixtureKeys {
    public static final Key<Integer> COMPONENTS =
            Key.of(
                            "model.components",
                            ValueTypes.integer(2),
                            10,
                            "number of components of the latent space")
                    .asParam("k");

    public static final Key<String> PRIOR_COVARIANCE =
            Key.of(
                    "model.priorCovariance",
                    ValueTypes.names(PriorCovariance.values()),
                    PriorCovariance.DIAGONAL.toString(),
                    "variances of the prior's components: diagonal, or tied: the same for all"
                            + " components");

    private static final List<ScoreColumn> COLUMNS =
            List.of(
                    ScoreColumn.COMPONENT,
                    ScoreColumn.RESPONSIBILITIES,
                    ScoreColumn.LATENT,
                    ScoreColumn.LATENT_VARIANCE,
                    ScoreColumn.RECONSTRUCTION,
                    ScoreColumn.RECONSTRUCTION_ERROR,
                    ScoreColumn.ANOMALY);
    public static final Key<List<ScoreColumn>> SCORE_COLUMNS =
            CommonKeys.scoreColumns(
                    COLUMNS,
                    List.of(
                            ScoreColumn.COMPONENT,
                            ScoreColumn.RESPONSIBILITIES,
                            ScoreColumn.ANOMALY),
                    "anomaly is minus the ELBO of the row; csv has a"
                            + " responsibility_K for each component");

    public static final List<Key<?>> ALL =
            List.of(
                    COMPONENTS,
                    SCORE_COLUMNS,
                    VariationalKeys.SCORE_SAMPLES,
                    VariationalKeys.SCORE_RECONSTRUCTION,
                    CommonKeys.SAMPLE_COMPONENT,
                    CommonKeys.SAMPLE_NOISE);

    private LatentMixtureKeys() {}
}
