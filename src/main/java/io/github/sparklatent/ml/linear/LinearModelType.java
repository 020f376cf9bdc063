package io.github.sparklatent.ml.linear;

import io.github.sparklatent.cluster.table.Invalid;
import io.github.sparklatent.config.CommonKeys;
import io.github.sparklatent.config.Key;
import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.config.Problem;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.linear.FitMethod;
import java.util.ArrayList;
import java.util.List;

/** Declares probabilistic PCA and factor analysis as model types. */
public final class LinearModelType {
    /** The model type {@code ppca}. */
    public static final ModelType PPCA =
            new ModelType(
                    "ppca",
                    "ProbabilisticPca",
                    "probabilistic PCA",
                    LinearKeys.OF_PPCA,
                    LinearKeys.COLUMNS,
                    LinearKeys.SHOWN,
                    List.of(CommonKeys.INVALID),
                    LinearModelType::conflicts);

    /** The model type {@code factor-analysis}. */
    public static final ModelType FACTOR_ANALYSIS =
            new ModelType(
                    "factor-analysis",
                    "FactorAnalysis",
                    "factor analysis",
                    LinearKeys.OF_FACTOR_ANALYSIS,
                    LinearKeys.COLUMNS,
                    LinearKeys.SHOWN,
                    List.of(CommonKeys.INVALID),
                    settings -> List.of());

    private LinearModelType() {}

    private static List<Problem> conflicts(Settings settings) {
        List<Problem> problems = new ArrayList<>();
        FitMethod fit = settings.get(LinearKeys.FIT);
        if (fit.hasRounds()) {
            return problems;
        }
        if (settings.get(CommonKeys.INVALID) == Invalid.KEEP) {
            problems.add(
                    settings.problem(
                            CommonKeys.INVALID,
                            "is keep, but model.fit is "
                                    + fit
                                    + ", which cannot hold missing values: must be error or skip,"
                                    + " or set model.fit = em"));
        }
        for (Key<?> key :
                List.of(LinearKeys.MAX_ROUNDS, LinearKeys.TOLERANCE, CommonKeys.MAX_SECONDS)) {
            if (!settings.get(key).equals(key.preset())) {
                problems.add(
                        settings.problem(
                                key,
                                "is "
                                        + settings.get(key)
                                        + ", but model.fit is "
                                        + fit
                                        + ", which has no rounds:"
                                        + " remove it, or set model.fit = em"));
            }
        }
        return problems;
    }
}
