package io.github.sparklatent.ml.mixture.mixed;

import io.github.sparklatent.columns.Invalid;
import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.config.ModelTypeBuilder;
import io.github.sparklatent.config.Problem;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.mixture.TreeOptions;
import io.github.sparklatent.mixture.training.MixtureOptions;
import io.github.sparklatent.ml.mixture.MixtureModelType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Declares the mixture of columns of several types as a model type. */
public final class MixedModelType {
    /** The options of a mixture that are not set. */
    static final MixtureOptions DEFAULT = MixtureOptions.DEFAULT.withComponents(List.of(10));

    /** The model type {@code mixture}. */
    public static final ModelType MIXTURE = ModelTypeBuilder.builder()
            .type("mixture")
            .estimator("Mixture")
            .words("mixed-type mixture")
            .options(List.of(DEFAULT, TreeOptions.DEFAULT, ColumnFamilies.DEFAULT))
            .keys(List.of(MixtureModelType.SCORE_COLUMNS))
            .offers(Stream.concat(MixtureModelType.OFFERS.stream(), Stream.of("sample.missing"))
                    .toList())
            // Missing cells are summed out, so rows with some are kept.
            .defaults(Map.of("data.invalid", Invalid.KEEP))
            .columns(MixtureModelType.COLUMNS)
            .scoring(MixtureModelType.SCORING)
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
        if (settings.bind(TreeOptions.DEFAULT).areTrees()
                && !settings.bind(DEFAULT).components().equals(List.of(1))) {
            problems.add(settings.problem(
                    "model.components",
                    "is %s, but model.within is trees, which are one component: set 1"
                            .formatted(settings.show("model.components"))));
        }
        return problems;
    }
}
