package io.github.sparklatent.config;

import java.util.List;

/** The keys of every network whose latent space is a mixture. */
final class LatentMixtureKeys {
    static final Key<Integer> COMPONENTS =
            Key.of(
                    "model.components",
                    Kinds.integer(2),
                    10,
                    "number of components of the latent space");

    private static final List<ScoreColumn> COLUMNS =
            List.of(
                    ScoreColumn.COMPONENT,
                    ScoreColumn.RESPONSIBILITIES,
                    ScoreColumn.LATENT,
                    ScoreColumn.LATENT_VARIANCE,
                    ScoreColumn.RECONSTRUCTION,
                    ScoreColumn.RECONSTRUCTION_ERROR,
                    ScoreColumn.ANOMALY);
    static final Key<List<ScoreColumn>> SCORE_COLUMNS =
            Key.of(
                    "score.columns",
                    Kinds.oneOrMore(Kinds.oneOf(COLUMNS)),
                    List.of(
                            ScoreColumn.COMPONENT,
                            ScoreColumn.RESPONSIBILITIES,
                            ScoreColumn.ANOMALY),
                    "columns that score adds; anomaly is minus the bound of the row; csv has a"
                            + " responsibility_K for each component");

    static final List<Key<?>> ALL =
            List.of(
                    COMPONENTS,
                    SCORE_COLUMNS,
                    MixtureKeys.SAMPLE_COMPONENT,
                    VariationalKeys.SAMPLE_NOISE);

    private LatentMixtureKeys() {}
}
