package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.config.CommonKeys;
import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.config.ScoreColumn;
import java.util.List;

/** Declares the Gaussian mixture as a model type. */
public final class MixtureModelType {
    /** The model type {@code gmm}. */
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
                            ScoreColumn.IMPUTED,
                            ScoreColumn.ANOMALY),
                    List.of(ScoreColumn.COMPONENT, ScoreColumn.RESPONSIBILITIES),
                    List.of(CommonKeys.PLACEMENT, CommonKeys.PARTITIONS, CommonKeys.INVALID),
                    MixtureConflicts::in);

    private MixtureModelType() {}
}
