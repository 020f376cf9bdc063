package io.github.sparklatent.ml.linear;

import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.config.ModelTypeBuilder;
import io.github.sparklatent.config.Problem;
import io.github.sparklatent.config.ScoreSection;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.linear.LinearOptions;
import java.util.ArrayList;
import java.util.List;

/** Declares probabilistic PCA and factor analysis as model types. */
public final class LinearModelType {
    /** The model type {@code ppca}. */
    public static final ModelType PPCA = type(LinearOptions.PPCA)
            .type("ppca")
            .estimator("ProbabilisticPca")
            .words("probabilistic PCA")
            .conflicts(LinearModelType::conflicts)
            .build();

    /** The model type {@code factor-analysis}. */
    public static final ModelType FACTOR_ANALYSIS = type(LinearOptions.FACTOR_ANALYSIS)
            .type("factor-analysis")
            .estimator("FactorAnalysis")
            .words("factor analysis")
            .fixed(List.of("model.fit"))
            .build();

    private static ModelTypeBuilder type(LinearOptions defaults) {
        List<ScoreColumn> columns = List.of(
                ScoreColumn.LOG_DENSITY,
                ScoreColumn.LATENT,
                ScoreColumn.LATENT_VARIANCE,
                ScoreColumn.RECONSTRUCTION,
                ScoreColumn.RECONSTRUCTION_ERROR,
                ScoreColumn.IMPUTED,
                ScoreColumn.ANOMALY,
                ScoreColumn.STANDARDIZED);
        return ModelTypeBuilder.builder()
                .options(List.of(defaults))
                .keys(List.of(ScoreSection.columns(
                        columns, "anomalyScore is -logDensity; csv has a NAME_imputed for" + " each feature")))
                .offers(List.of("sample.noise"))
                .columns(columns);
    }

    private LinearModelType() {}

    private static List<Problem> conflicts(Settings settings) {
        List<Problem> problems = new ArrayList<>();
        if (settings.is("model.fit", "em")) {
            return problems;
        }
        String fit = settings.show("model.fit");
        if (settings.is("data.invalid", "keep")) {
            problems.add(settings.problem(
                    "data.invalid",
                    "is keep, but model.fit is %s, which cannot hold missing values: must be error or skip, or set model.fit = em"
                            .formatted(fit)));
        }
        for (String key : List.of("train.maxRounds", "train.tolerance", "train.maxSeconds")) {
            if (settings.isChanged(key)) {
                problems.add(settings.problem(
                        key,
                        "is %s, but model.fit is %s, which has no rounds: remove it, or set model.fit = em"
                                .formatted(settings.show(key), fit)));
            }
        }
        return problems;
    }
}
