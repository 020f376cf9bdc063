package io.github.sparklatent.ml.mixture.grouped;

import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.config.CommonSections;
import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.config.ModelTypeBuilder;
import io.github.sparklatent.ml.mixture.MixtureModelType;
import java.util.List;
import java.util.stream.Stream;

/** Declares the mixtures of groups as a type of models, which no configuration names. */
public final class GroupedModelType {
    /** The type of the models; a configuration has the type of their mixtures. */
    public static final ModelType GROUPED = ModelTypeBuilder.builder()
            .type("grouped")
            .estimator("GroupedMixture")
            .words("mixture for each group")
            .keys(List.of(
                    CommonSections.key("data.groupBy").withParam("groupCols"),
                    CommonSections.key("data.groupRows").withParam("groupRows")))
            .columns(Stream.concat(MixtureModelType.COLUMNS.stream(), Stream.of(ScoreColumn.OWN_MODEL))
                    .toList())
            .build();

    private GroupedModelType() {}
}
