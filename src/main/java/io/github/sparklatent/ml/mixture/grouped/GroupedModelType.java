package io.github.sparklatent.ml.mixture.grouped;

import io.github.sparklatent.config.CommonKeys;
import io.github.sparklatent.config.GroupKeys;
import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.config.ScoreColumn;
import java.util.List;

/** Declares the mixtures of groups as a type of models, which no configuration names. */
public final class GroupedModelType {
    /** The type of the models; a configuration has the type of their mixtures. */
    public static final ModelType GROUPED =
            new ModelType(
                    "grouped",
                    "GroupedMixture",
                    "mixture for each group",
                    List.of(
                            GroupKeys.GROUP_BY.asParam("groupCols"),
                            GroupKeys.GROUP_ROWS.asParam("groupRows")),
                    List.of(
                            ScoreColumn.COMPONENT,
                            ScoreColumn.RESPONSIBILITIES,
                            ScoreColumn.LOG_DENSITY,
                            ScoreColumn.IMPUTED,
                            ScoreColumn.ANOMALY,
                            ScoreColumn.OWN_MODEL),
                    List.of(
                            ScoreColumn.COMPONENT,
                            ScoreColumn.RESPONSIBILITIES,
                            ScoreColumn.OWN_MODEL),
                    List.of(CommonKeys.INVALID),
                    settings -> List.of());

    private GroupedModelType() {}
}
