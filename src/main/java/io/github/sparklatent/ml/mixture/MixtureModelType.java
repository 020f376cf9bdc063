package io.github.sparklatent.ml.mixture;

import java.util.List;
import io.github.sparklatent.config.ScoreColumn;
import io.github.sparklatent.config.ModelType;

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
