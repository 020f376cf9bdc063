package io.github.sparklatent.ml.bayesian;

import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.config.ModelTypeBuilder;
import io.github.sparklatent.config.Problem;
import io.github.sparklatent.config.ScoreSection;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.inference.InferenceOptions;
import java.util.ArrayList;
import java.util.List;

/** Declares variational inference as a model type. */
public final class BayesianModelType {
    private static final List<ScoreColumn> COLUMNS = List.of(ScoreColumn.LOG_DENSITY, ScoreColumn.ANOMALY);

    /** The model type {@code bayesian}. */
    public static final ModelType BAYESIAN = ModelTypeBuilder.builder()
            .type("bayesian")
            .estimator("BayesianInference")
            .words("Bayesian inference")
            .options(List.of(DensityOptions.DEFAULT, InferenceOptions.DEFAULT))
            .keys(List.of(ScoreSection.columns(COLUMNS, COLUMNS, "logDensity is the log posterior predictive density")))
            .columns(COLUMNS)
            .shown(List.of(ScoreColumn.ANOMALY))
            .scoring(List.of("data.invalid"))
            .conflicts(BayesianModelType::conflicts)
            .build();

    private BayesianModelType() {}

    private static List<Problem> conflicts(Settings settings) {
        List<Problem> problems = new ArrayList<>();
        if (settings.is("data.invalid", "keep")) {
            problems.add(settings.problem(
                    "data.invalid", "is keep, but a density has no missing values: must be error or skip"));
        }
        String density = settings.bind(DensityOptions.DEFAULT).name();
        Densities.flaw(density)
                .ifPresent(flaw -> problems.add(
                        settings.problem("model.density", "is \"%s\", which %s".formatted(density, flaw))));
        return problems;
    }
}
