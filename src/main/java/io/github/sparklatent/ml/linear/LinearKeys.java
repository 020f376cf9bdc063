package io.github.sparklatent.ml.linear;

import static io.github.sparklatent.linear.LinearOptions.FACTOR_ANALYSIS;
import static io.github.sparklatent.linear.LinearOptions.PPCA;

import io.github.sparklatent.config.CommonKeys;
import io.github.sparklatent.config.Key;
import io.github.sparklatent.config.ScoreColumn;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.config.value.ValueTypes;
import io.github.sparklatent.learn.em.StoppingRule;
import io.github.sparklatent.linear.FitMethod;
import io.github.sparklatent.linear.LinearOptions;
import io.github.sparklatent.linear.LinearTrainer;
import java.util.List;

/**
 * The keys of probabilistic PCA and factor analysis. The defaults are those of {@code
 * LinearOptions}.
 */
public final class LinearKeys {
    static final List<ScoreColumn> COLUMNS =
            List.of(
                    ScoreColumn.LOG_DENSITY,
                    ScoreColumn.LATENT,
                    ScoreColumn.LATENT_VARIANCE,
                    ScoreColumn.RECONSTRUCTION,
                    ScoreColumn.RECONSTRUCTION_ERROR,
                    ScoreColumn.IMPUTED,
                    ScoreColumn.ANOMALY);
    static final List<ScoreColumn> SHOWN = List.of(ScoreColumn.LATENT, ScoreColumn.ANOMALY);

    static final Key<Integer> LATENT =
            Key.of(
                    "model.latent",
                    ValueTypes.integer(1),
                    PPCA.latent(),
                    "number of latent variables, less than the number of columns");
    static final Key<FitMethod> FIT =
            Key.of(
                            "model.fit",
                            ValueTypes.oneOf(List.of(FitMethod.values())),
                            PPCA.fit(),
                            "method; em: missing values, over %d columns; variational-bayes: finds how many latent"
                                    .formatted(LinearTrainer.MOST_COLUMNS))
                    .asParam("fitMethod");
    static final Key<Double> REGULARIZATION =
            Key.of(
                            "model.regularization",
                            ValueTypes.notNegative(),
                            PPCA.regularization(),
                            "lower bound of the noise variance")
                    .in("squared units of the data");
    static final Key<Double> NOISE_SHARE =
            Key.of(
                    "model.regularization",
                    ValueTypes.notNegative(),
                    FACTOR_ANALYSIS.regularization(),
                    "lower bound of each noise variance, as a share of the column's variance");
    static final Key<Integer> MAX_ROUNDS =
            Key.of(
                            "train.maxRounds",
                            ValueTypes.integer(1),
                            PPCA.stopping().maxRounds(),
                            "maximum number of rounds of EM")
                    .asParam("maxIter");
    static final Key<Double> TOLERANCE =
            Key.of(
                            "train.tolerance",
                            ValueTypes.notNegative(),
                            PPCA.stopping().tolerance(),
                            "EM stops when the mean log-likelihood changes by less and has less to"
                                    + " gain; 0: only at maxRounds")
                    .asParam("tol");
    static final Key<List<ScoreColumn>> SCORE_COLUMNS =
            CommonKeys.scoreColumns(
                    COLUMNS,
                    List.of(
                            ScoreColumn.LATENT,
                            ScoreColumn.RECONSTRUCTION_ERROR,
                            ScoreColumn.ANOMALY),
                    "anomaly is -logDensity; csv has a NAME_imputed for each feature");

    static final List<Key<?>> OF_PPCA =
            List.of(
                    LATENT,
                    FIT,
                    REGULARIZATION,
                    MAX_ROUNDS,
                    TOLERANCE,
                    SCORE_COLUMNS,
                    CommonKeys.SAMPLE_NOISE);
    static final List<Key<?>> OF_FACTOR_ANALYSIS =
            List.of(
                    LATENT,
                    NOISE_SHARE,
                    MAX_ROUNDS,
                    TOLERANCE,
                    SCORE_COLUMNS,
                    CommonKeys.SAMPLE_NOISE);

    private LinearKeys() {}

    /** Returns the options of probabilistic PCA. */
    static LinearOptions ppca(Settings settings) {
        return options(
                PPCA.withFit(settings.get(FIT)).withRegularization(settings.get(REGULARIZATION)),
                settings);
    }

    /** Returns the options of factor analysis. */
    static LinearOptions factorAnalysis(Settings settings) {
        return options(FACTOR_ANALYSIS.withRegularization(settings.get(NOISE_SHARE)), settings);
    }

    private static LinearOptions options(LinearOptions options, Settings settings) {
        return options.withLatent(settings.get(LATENT))
                .withStopping(new StoppingRule(settings.get(MAX_ROUNDS), settings.get(TOLERANCE)))
                .withSeed(settings.get(CommonKeys.SEED));
    }
}
