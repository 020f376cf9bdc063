package io.github.sparklatent.ml.mixture.mixed;

import io.github.sparklatent.columns.Invalid;
import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.config.ModelTypeBuilder;
import io.github.sparklatent.config.Problem;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.mixture.MixedOptions;
import io.github.sparklatent.ml.mixture.MixtureModelType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Declares the mixture of columns of several types as a model type. */
public final class MixedModelType {
    /** The model type {@code mixture}. */
    public static final ModelType MIXTURE = ModelTypeBuilder.builder()
            .type("mixture")
            .estimator("Mixture")
            .words("mixed-type mixture")
            .options(List.of(MixedOptions.DEFAULT, ColumnFamilies.DEFAULT))
            .keys(List.of(MixtureModelType.SCORE_COLUMNS))
            .offers(List.of(
                    "data.groupBy",
                    "data.groupRows",
                    "train.initialModel",
                    "score.imputations",
                    "sample.component",
                    "sample.missing",
                    "sample.given"))
            // Missing cells are summed out, so rows with some are kept.
            .defaults(Map.of("data.invalid", Invalid.KEEP))
            .columns(MixtureModelType.COLUMNS)
            .scoring(List.of("data.invalid", "score.imputations", "train.seed"))
            .conflicts(MixedModelType::conflicts)
            .readsCategories(true)
            .build();

    private MixedModelType() {}

    private static List<Problem> conflicts(Settings settings) {
        List<Problem> problems = new ArrayList<>(MixtureModelType.common(settings));
        if (settings.is("data.scale", "unit")) {
            problems.add(settings.problem(
                    "data.scale",
                    "is unit, but categories and counts have no length: must be none, standard" + " or minmax"));
        }
        return problems;
    }
}
