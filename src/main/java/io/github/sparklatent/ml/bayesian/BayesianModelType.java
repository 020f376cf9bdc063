package io.github.sparklatent.ml.bayesian;

import io.github.sparklatent.cluster.table.Invalid;
import io.github.sparklatent.config.CommonKeys;
import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.config.Problem;
import io.github.sparklatent.config.Settings;
import java.util.ArrayList;
import java.util.List;

/** Declares variational inference as a model type. */
public final class BayesianModelType {
    /** The model type {@code bayesian}. */
    public static final ModelType BAYESIAN =
            new ModelType(
                    "bayesian",
                    "BayesianInference",
                    "Bayesian inference",
                    BayesianKeys.ALL,
                    BayesianKeys.COLUMNS,
                    BayesianKeys.SHOWN,
                    List.of(CommonKeys.INVALID),
                    BayesianModelType::conflicts);

    private BayesianModelType() {}

    private static List<Problem> conflicts(Settings settings) {
        List<Problem> problems = new ArrayList<>();
        if (settings.get(CommonKeys.INVALID) == Invalid.KEEP) {
            problems.add(
                    settings.problem(
                            CommonKeys.INVALID,
                            "is keep, but a density has no missing values: must be error or skip"));
        }
        String density = settings.get(BayesianKeys.DENSITY);
        Densities.flaw(density)
                .ifPresent(
                        flaw ->
                                problems.add(
                                        settings.problem(
                                                BayesianKeys.DENSITY,
                                                "is \"%s\", which %s".formatted(density, flaw))));
        return problems;
    }
}
