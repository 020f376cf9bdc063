package io.github.sparklatent.ml.bayesian;

import static io.github.sparklatent.inference.InferenceOptions.DEFAULT;

import io.github.sparklatent.config.CommonKeys;
import io.github.sparklatent.config.Key;
import io.github.sparklatent.config.ScoreColumn;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.config.value.ValueTypes;
import io.github.sparklatent.inference.BayesianModel;
import io.github.sparklatent.inference.GradientEstimator;
import io.github.sparklatent.inference.InferenceOptions;
import io.github.sparklatent.inference.ModelSettings;
import io.github.sparklatent.inference.PosteriorForm;
import io.github.sparklatent.learn.em.StoppingRule;
import java.util.List;
import java.util.Map;

/** The keys of variational inference. The defaults are those of {@code InferenceOptions}. */
final class BayesianKeys {
    static final List<ScoreColumn> COLUMNS = List.of(ScoreColumn.LOG_DENSITY, ScoreColumn.ANOMALY);
    static final List<ScoreColumn> SHOWN = List.of(ScoreColumn.ANOMALY);

    static final Key<String> DENSITY =
            Key.of(
                    "model.density",
                    ValueTypes.text("a density"),
                    Densities.MIXTURE,
                    "density: "
                            + String.join(", ", Densities.SHIPPED)
                            + ", or a class in a jar of the job");
    static final Key<Map<String, Double>> SETTINGS =
            Key.optional(
                            "model.settings",
                            ValueTypes.namedNumbers(),
                            "the defaults of the density",
                            "numbers that the density is created with, { components = 3 }")
                    .asParam("densitySettings");
    static final Key<PosteriorForm> POSTERIOR =
            Key.of(
                            "model.posterior",
                            ValueTypes.oneOf(List.of(PosteriorForm.values())),
                            DEFAULT.posterior(),
                            "covariance of the Gaussian posterior: none between parameters, or"
                                    + " full")
                    .asParam("posteriorForm");
    static final Key<GradientEstimator> ESTIMATOR =
            Key.optional(
                            "train.estimator",
                            ValueTypes.oneOf(List.of(GradientEstimator.values())),
                            "reparameterized if the density has gradients, else score-function",
                            "estimator of the gradient of the ELBO")
                    .asParam("gradientEstimator");
    static final Key<Integer> DRAWS =
            Key.of(
                    "train.draws",
                    ValueTypes.integer(2),
                    DEFAULT.draws(),
                    "parameter vectors drawn in a round");
    static final Key<Double> LEARNING_RATE =
            Key.of(
                    "train.learningRate",
                    ValueTypes.positive(),
                    DEFAULT.learningRate(),
                    "first learning rate of Adam; it is lowered twice, to a quarter each time");
    static final Key<Integer> MAX_ROUNDS =
            Key.of(
                            "train.maxRounds",
                            ValueTypes.integer(1),
                            DEFAULT.stopping().maxRounds(),
                            "maximum number of rounds")
                    .asParam("maxIter");
    static final Key<Double> TOLERANCE =
            Key.of(
                            "train.tolerance",
                            ValueTypes.notNegative(),
                            DEFAULT.stopping().tolerance(),
                            "gain of the smoothed ELBO, beyond its noise, that counts as none; 0:"
                                    + " only at maxRounds")
                    .in("nats of all rows")
                    .asParam("tol");

    static final Key<List<ScoreColumn>> SCORE_COLUMNS =
            CommonKeys.scoreColumns(
                    COLUMNS, COLUMNS, "logDensity is the log posterior predictive density");

    static final List<Key<?>> ALL =
            List.of(
                    DENSITY,
                    SETTINGS,
                    POSTERIOR,
                    ESTIMATOR,
                    DRAWS,
                    LEARNING_RATE,
                    MAX_ROUNDS,
                    TOLERANCE,
                    SCORE_COLUMNS);

    private BayesianKeys() {}

    /** Returns the numbers that the density is created with. */
    static ModelSettings settings(Settings settings) {
        return settings.find(SETTINGS).map(ModelSettings::new).orElse(ModelSettings.NONE);
    }

    /** Returns the options of a fit. */
    static InferenceOptions options(Settings settings, BayesianModel model) {
        return new InferenceOptions(
                settings.get(POSTERIOR),
                settings.find(ESTIMATOR)
                        .orElse(
                                model.hasGradients()
                                        ? GradientEstimator.REPARAMETERIZED
                                        : GradientEstimator.SCORE_FUNCTION),
                settings.get(DRAWS),
                settings.get(LEARNING_RATE),
                new StoppingRule(settings.get(MAX_ROUNDS), settings.get(TOLERANCE)),
                settings.get(CommonKeys.SEED));
    }
}
