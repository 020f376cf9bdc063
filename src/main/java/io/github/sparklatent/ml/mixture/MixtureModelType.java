package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.config.ScoreColumn;
import java.util.List;

/** The Gaussian mixture as a type of model. */
public final class MixtureModelType {
    public static final ModelType GMM =
            new ModelType(
                    "gmm",
                    "GaussianMixture",
                    "Gaussian mixture",
                    MixtureKeys.ALL,
                    List.of(
                            ScoreColumn.COMPONENT,
                            ScoreColumn.RESPONSIBILITIES,
                            ScoreColumn.LOG_DENSITY,
                            ScoreColumn.ANOMALY),
                    List.of(ScoreColumn.COMPONENT, ScoreColumn.RESPONSIBILITIES),
                    MixtureConflicts::in);

    private MixtureModelType() {}
}
