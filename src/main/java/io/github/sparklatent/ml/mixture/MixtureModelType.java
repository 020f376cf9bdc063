package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.columns.Invalid;
import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.config.HoldoutSection;
import io.github.sparklatent.config.Key;
import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.config.ModelTypeBuilder;
import io.github.sparklatent.config.Problem;
import io.github.sparklatent.config.ScoreSection;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.mixture.TreeOptions;
import io.github.sparklatent.mixture.training.MixtureOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Declares the presets of mixtures as model types. */
public final class MixtureModelType {
    /** Columns that a mixture adds to a table. */
    public static final List<ScoreColumn> COLUMNS = List.of(
            ScoreColumn.COMPONENT,
            ScoreColumn.RESPONSIBILITIES,
            ScoreColumn.LOG_DENSITY,
            ScoreColumn.ANOMALY,
            ScoreColumn.STANDARDIZED,
            ScoreColumn.IMPUTED);

    /** {@code score.columns} of mixtures. */
    public static final Key<List<ScoreColumn>> SCORE_COLUMNS = ScoreSection.columns(
            Stream.concat(COLUMNS.stream(), Stream.of(ScoreColumn.OWN_MODEL)).toList(),
            "anomalyScore: -logDensity, repeated errors apart; csv: probability_K, NAME_imputed");

    /** Keys of other sections that all mixtures have. */
    public static final List<String> OFFERS = List.of(
            "data.groupBy",
            "data.groupRows",
            "train.initialModel",
            "score.imputations",
            "sample.component",
            "sample.given");

    /** Keys that scoring reads from the training. */
    public static final List<String> SCORING = List.of("train.seed");

    /** The model type {@code gmm}. */
    public static final ModelType GMM = ModelTypeBuilder.builder()
            .type("gmm")
            .estimator("GaussianMixture")
            .words("Gaussian mixture")
            .options(List.of(MixtureOptions.DEFAULT))
            .keys(List.of(SCORE_COLUMNS))
            .offers(OFFERS)
            .columns(COLUMNS)
            .scoring(SCORING)
            .conflicts(MixtureModelType::conflicts)
            .build();

    /** The options of a mixture of typed columns that are not set. */
    static final MixtureOptions DEFAULT = MixtureOptions.DEFAULT.withComponents(List.of(10));

    /** The model type {@code mixture}. */
    public static final ModelType MIXTURE = ModelTypeBuilder.builder()
            .type("mixture")
            .estimator("Mixture")
            .words("mixed-type mixture")
            .options(List.of(DEFAULT, TreeOptions.DEFAULT, ColumnFamilies.DEFAULT))
            .keys(List.of(SCORE_COLUMNS))
            .offers(Stream.concat(OFFERS.stream(), Stream.of("sample.missing")).toList())
            // Missing cells are summed out, so rows with some are kept.
            .defaults(Map.of("data.invalid", Invalid.KEEP))
            .columns(COLUMNS)
            .scoring(SCORING)
            .conflicts(MixtureModelType::conflictsOfTypes)
            .readsCategories(true)
            .build();

    private MixtureModelType() {}

    /** Returns whether columns have types; otherwise all are numbers with a joint Gaussian distribution. */
    static boolean isTyped(ModelType type) {
        return type.readsCategories();
    }

    private static List<Problem> conflictsOfTypes(Settings settings) {
        List<Problem> problems = common(settings);
        if (settings.is("data.scale", "unit")) {
            problems.add(settings.problem(
                    "data.scale",
                    "is unit, but categories and counts have no length: must be none, standard, minmax or quantile"));
        }
        if (settings.bind(TreeOptions.DEFAULT).areTrees()) {
            trees(settings, problems);
        }
        return problems;
    }

    private static List<Problem> conflicts(Settings settings) {
        List<Problem> problems = common(settings);
        if (settings.isGiven("model.priorRows")
                && !settings.bind(MixtureOptions.DEFAULT).fit().maximizesLikelihood()) {
            problems.add(settings.problem(
                    "model.priorRows",
                    "is %s, but it has no effect on numbers with model.fit = %s, which has a prior of its own: remove it"
                            .formatted(settings.show("model.priorRows"), settings.show("model.fit"))));
        }
        return problems;
    }

    private static void trees(Settings settings, List<Problem> problems) {
        if (!settings.bind(DEFAULT).components().equals(List.of(1))) {
            problems.add(settings.problem(
                    "model.components",
                    "is %s, but model.within is trees, which are one component: set 1"
                            .formatted(settings.show("model.components"))));
        }
        for (String key :
                List.of("model.fit", "model.robust", "model.covariance", "train.acceleration", "train.restarts")) {
            if (settings.isChanged(key)) {
                problems.add(settings.problem(
                        key,
                        "is %s, but model.within is trees, which are grown from all rows: remove it"
                                .formatted(settings.show(key))));
            }
        }
    }

    /** Returns the contradictions between the options of a mixture and the other settings. */
    private static List<Problem> common(Settings settings) {
        List<Problem> problems = new ArrayList<>();
        if (settings.is("model.criterion", "holdout")
                && settings.bind(HoldoutSection.DEFAULT).isEmpty()) {
            problems.add(settings.problem(
                    "model.criterion",
                    "is holdout, but no rows are held out: data.holdout needs a fraction >" + " 0 or a path"));
        }
        if (settings.text("train.initialModel").isPresent()) {
            initialModel(settings, problems);
        }
        if (isGrouped(settings)) {
            problems.addAll(excludedByGroups(settings));
        } else if (settings.isGiven("data.groupRows")) {
            problems.add(settings.problem(
                    "data.groupRows", "is set, but it has no effect unless data.groupBy names columns: remove it"));
        }
        return problems;
    }

    private static void initialModel(Settings settings, List<Problem> problems) {
        if (settings.isGiven("model.initialization")) {
            problems.add(settings.problem(
                    "model.initialization",
                    "is %s, but train.initialModel already gives the initial mixture: remove one of the two"
                            .formatted(settings.show("model.initialization"))));
        }
        String components = settings.show("model.components");
        if (!components.matches("\\d+")) {
            problems.add(settings.problem(
                    "model.components",
                    "is %s, but train.initialModel has one number of components: must be one number"
                            .formatted(components)));
        }
    }

    /** Returns whether the settings ask for a model for each group. */
    public static boolean isGrouped(Settings settings) {
        return !settings.texts("data.groupBy").isEmpty();
    }

    /** Returns the settings of a mixture that the models of groups cannot have. */
    public static List<Problem> excludedByGroups(Settings settings) {
        List<Problem> problems = new ArrayList<>();
        if (settings.isGiven("model.fit") && !settings.is("model.fit", "em")) {
            problems.add(settings.problem(
                    "model.fit",
                    "is %s, but the models of groups (data.groupBy) are fitted by em: must be em"
                            .formatted(settings.show("model.fit"))));
        }
        for (String key : List.of("train.initialModel", "data.holdout.path", "train.maxSeconds", "score.imputations")) {
            if (settings.isGiven(key)) {
                problems.add(settings.problem(
                        key, "is set, but the models of groups (data.groupBy) cannot use it: remove it"));
            }
        }
        return problems;
    }
}
