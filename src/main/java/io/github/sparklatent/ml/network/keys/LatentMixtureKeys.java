package io.github.sparklatent.ml.network.keys;

import io.github.sparklatent.config.Key;
import io.github.sparklatent.config.ScoreColumn;
import io.github.sparklatent.config.value.ValueTypes;
import io.github.sparklatent.vae.model.PriorCovariance;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

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

    /** The columns that a model adds. */
    public static final Key<List<ScoreColumn>> SCORE_COLUMNS = scoreColumns();

    private static final List<Key<?>> SHARED =
            List.of(
                    COMPONENTS,
                    VariationalKeys.SCORE_SAMPLES,
                    VariationalKeys.SCORE_RECONSTRUCTION);

    /** The keys of the models that find clusters. */
    public static final List<Key<?>> ALL = with(SCORE_COLUMNS);

    private LatentMixtureKeys() {}

    /** Returns the keys of a model with further keys. */
    static List<Key<?>> with(Key<?>... more) {
        return Stream.<Key<?>>concat(SHARED.stream(), Stream.of(more)).toList();
    }

    /** Returns the key of the columns of a model with further columns. */
    static Key<List<ScoreColumn>> scoreColumns(ScoreColumn... more) {
        List<ScoreColumn> offered = new ArrayList<>(COLUMNS);
        offered.addAll(List.of(more));
        return ScoreColumn.key(
                offered,
                List.of(ScoreColumn.COMPONENT, ScoreColumn.RESPONSIBILITIES, ScoreColumn.ANOMALY),
                "anomalyScore is minus the ELBO of the row; csv has a probability_K for each"
                        + " component");
    }
}
