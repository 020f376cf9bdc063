package io.github.sparklatent.ml.mixture.mixed;

import io.github.sparklatent.cluster.table.Scale;
import io.github.sparklatent.config.CommonKeys;
import io.github.sparklatent.config.HoldoutSection;
import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.config.Problem;
import io.github.sparklatent.config.ScoreColumn;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.gmm.training.Criterion;
import io.github.sparklatent.gmm.training.FitMethod;
import io.github.sparklatent.ml.mixture.GroupConflicts;
import io.github.sparklatent.ml.mixture.MixtureKeys;
import java.util.ArrayList;
import java.util.List;

/** Declares the mixture of columns of several types as a model type. */
public final class MixedModelType {
    /** The model type {@code mixture}. */
    public static final ModelType MIXTURE =
            new ModelType(
                            "mixture",
                            "MixedTypeMixture",
                            "mixed-type mixture",
                            MixedKeys.ALL,
                            MixedKeys.COLUMNS,
                            List.of(ScoreColumn.COMPONENT, ScoreColumn.RESPONSIBILITIES),
                            List.of(
                                    CommonKeys.PLACEMENT,
                                    CommonKeys.PARTITIONS,
                                    CommonKeys.INVALID),
                            MixedModelType::conflicts)
                    .readingCategories();

    private MixedModelType() {}

    /** Returns the criterion that the settings name, or the default one. */
    static Criterion criterion(Settings settings) {
        return settings.find(MixedKeys.CRITERION)
                .orElse(HoldoutSection.of(settings).isEmpty() ? Criterion.BIC : Criterion.HOLDOUT);
    }

    private static List<Problem> conflicts(Settings settings) {
        List<Problem> problems = new ArrayList<>();
        List<Integer> components = settings.get(MixedKeys.COMPONENTS);
        Criterion criterion = criterion(settings);
        if (criterion == Criterion.HOLDOUT && HoldoutSection.of(settings).isEmpty()) {
            problems.add(
                    settings.problem(
                            MixedKeys.CRITERION,
                            "is holdout, but no rows are held out: data.holdout needs a fraction >"
                                    + " 0 or a path"));
        }
        if (criterion == Criterion.MUTUAL_INFORMATION && components.size() != 1) {
            problems.add(
                    settings.problem(
                            MixedKeys.CRITERION,
                            "is mutual-information, which grows with the number of components:"
                                    + " model.components must be one number"));
        }
        if (!settings.get(MixedKeys.COVARIANCE).isFactored()
                && !settings.get(MixtureKeys.FACTORS).equals(MixtureKeys.FACTORS.preset())
                && settings.find(CommonKeys.INITIAL_MODEL).isEmpty()) {
            problems.add(
                    settings.problem(
                            MixtureKeys.FACTORS,
                            "is %s, but it has no effect unless model.covariance is factor or ppca: remove it"
                                    .formatted(settings.get(MixtureKeys.FACTORS))));
        }
        fit(settings, problems);
        if (settings.get(CommonKeys.SCALE) == Scale.UNIT) {
            problems.add(
                    settings.problem(
                            CommonKeys.SCALE,
                            "is unit, but levels and counts have no length: must be none, standard"
                                    + " or minmax"));
        }
        if (settings.find(CommonKeys.INITIAL_MODEL).isPresent()) {
            initialModel(settings, components, problems);
        }
        problems.addAll(GroupConflicts.in(settings));
        return problems;
    }

    private static void fit(Settings settings, List<Problem> problems) {
        FitMethod fit = settings.get(MixedKeys.FIT);
        if (fit == FitMethod.EM) {
            if (settings.isChanged(MixtureKeys.STEP_EXPONENT)) {
                problems.add(
                        settings.problem(
                                MixtureKeys.STEP_EXPONENT,
                                "is %s, but it has no effect unless model.fit is stepwise-em: remove it"
                                        .formatted(settings.get(MixtureKeys.STEP_EXPONENT))));
            }
        } else if (settings.get(MixedKeys.COVARIANCE).isFactored()) {
            problems.add(
                    settings.problem(
                            MixedKeys.FIT,
                            "is %s, but model.covariance is %s: must be em"
                                    .formatted(fit, settings.get(MixedKeys.COVARIANCE))));
        }
    }

    private static void initialModel(
            Settings settings, List<Integer> components, List<Problem> problems) {
        if (settings.isGiven(MixedKeys.INITIALIZATION)) {
            problems.add(
                    settings.problem(
                            MixedKeys.INITIALIZATION,
                            "is "
                                    + settings.show(MixedKeys.INITIALIZATION)
                                    + ", but train.initialModel already gives the initial mixture:"
                                    + " remove one of the two"));
        }
        if (components.size() != 1) {
            problems.add(
                    settings.problem(
                            MixedKeys.COMPONENTS,
                            "is %s, but train.initialModel has one number of components: must be one number"
                                    .formatted(settings.show(MixedKeys.COMPONENTS))));
        }
    }
}
