package io.github.sparklatent.ml.ppca;

import io.github.sparklatent.cluster.table.Invalid;
import io.github.sparklatent.config.CommonKeys;
import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.config.Problem;
import io.github.sparklatent.config.Settings;
import java.util.ArrayList;
import java.util.List;

/** Declares probabilistic PCA as a model type. */
public final class PpcaModelType {
    /** The model type {@code ppca}. */
    public static final ModelType PPCA =
            new ModelType(
                    "ppca",
                    "ProbabilisticPca",
                    "probabilistic PCA",
                    PpcaKeys.ALL,
                    PpcaKeys.COLUMNS,
                    PpcaKeys.SHOWN,
                    List.of(CommonKeys.INVALID),
                    PpcaModelType::conflicts);

    private PpcaModelType() {}

    private static List<Problem> conflicts(Settings settings) {
        List<Problem> problems = new ArrayList<>();
        if (settings.get(CommonKeys.INVALID) == Invalid.KEEP) {
            problems.add(
                    settings.problem(
                            CommonKeys.INVALID,
                            "is keep, but ppca cannot hold missing values: must be error or skip"));
        }
        return problems;
    }
}
