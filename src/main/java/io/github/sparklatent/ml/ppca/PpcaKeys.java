package io.github.sparklatent.ml.ppca;

import io.github.sparklatent.config.CommonKeys;
import io.github.sparklatent.config.Key;
import io.github.sparklatent.config.ScoreColumn;
import io.github.sparklatent.config.value.ValueTypes;
import java.util.List;

/** The keys of probabilistic PCA. */
public final class PpcaKeys {
    static final List<ScoreColumn> COLUMNS =
            List.of(
                    ScoreColumn.LOG_DENSITY,
                    ScoreColumn.LATENT,
                    ScoreColumn.LATENT_VARIANCE,
                    ScoreColumn.RECONSTRUCTION,
                    ScoreColumn.RECONSTRUCTION_ERROR,
                    ScoreColumn.ANOMALY);
    static final List<ScoreColumn> SHOWN = List.of(ScoreColumn.LATENT, ScoreColumn.ANOMALY);

    static final Key<Integer> LATENT =
            Key.of(
                    "model.latent",
                    ValueTypes.integer(1),
                    2,
                    "number of latent variables, less than the number of columns");
    static final Key<Double> REGULARIZATION =
            Key.of(
                            "model.regularization",
                            ValueTypes.notNegative(),
                            1e-6,
                            "lower bound of the noise variance")
                    .in("squared units of the data");
    static final Key<List<ScoreColumn>> SCORE_COLUMNS =
            CommonKeys.scoreColumns(
                    COLUMNS,
                    List.of(
                            ScoreColumn.LATENT,
                            ScoreColumn.RECONSTRUCTION_ERROR,
                            ScoreColumn.ANOMALY),
                    "anomaly is -logDensity");

    static final List<Key<?>> ALL =
            List.of(LATENT, REGULARIZATION, SCORE_COLUMNS, CommonKeys.SAMPLE_NOISE);

    private PpcaKeys() {}
}
