package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.config.CommonKeys;
import io.github.sparklatent.config.HoldoutSection;
import io.github.sparklatent.config.Key;
import io.github.sparklatent.config.Problem;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.gmm.training.Criterion;
import io.github.sparklatent.gmm.training.FitMethod;
import java.util.ArrayList;
import java.util.List;

/** Checks combinations of values in the configuration of a Gaussian mixture. */
final class MixtureConflicts {
    private MixtureConflicts() {}

    static List<Problem> in(Settings settings) {
        List<Problem> problems = new ArrayList<>();
        if (settings.get(MixtureKeys.CRITERION) == Criterion.HOLDOUT
                && HoldoutSection.of(settings).isEmpty()) {
            problems.add(
                    settings.problem(
                            MixtureKeys.CRITERION,
                            "is holdout, but no rows are held out: data.holdout needs a fraction >"
                                    + " 0 or a path"));
        }
        if (settings.get(MixtureKeys.CRITERION) == Criterion.MUTUAL_INFORMATION
                && settings.get(MixtureKeys.COMPONENTS).size() > 1) {
            problems.add(
                    settings.problem(
                            MixtureKeys.CRITERION,
                            "is mutual-information, which grows with the number of components:"
                                    + " model.components must be one number"));
        }
        if (settings.get(MixtureKeys.FIT) == FitMethod.VARIATIONAL_BAYES) {
            bayes(settings, problems);
        } else {
            for (Key<?> key :
                    List.of(
                            MixtureKeys.WEIGHT_PRIOR,
                            MixtureKeys.WEIGHT_CONCENTRATION,
                            MixtureKeys.MEAN_PRECISION)) {
                if (!settings.get(key).equals(key.preset())) {
                    problems.add(
                            settings.problem(
                                    key,
                                    "is "
                                            + settings.get(key)
                                            + ", but it has no effect unless model.fit is"
                                            + " variational-bayes: remove it"));
                }
            }
        }
        if (settings.find(CommonKeys.INITIAL_MODEL).isPresent()) {
            initialModel(settings, problems);
        }
        return problems;
    }

    private static void bayes(Settings settings, List<Problem> problems) {
        if (settings.get(MixtureKeys.COMPONENTS).size() > 1) {
            problems.add(
                    settings.problem(
                            MixtureKeys.COMPONENTS,
                            "is a list, but model.fit is variational-bayes, which finds how many"
                                    + " components are in use: must be one number, the greatest"));
        }
        if (settings.get(MixtureKeys.ACCELERATION)) {
            problems.add(
                    settings.problem(
                            MixtureKeys.ACCELERATION,
                            "is true, but model.fit is variational-bayes, which is not"
                                    + " accelerated: must be false"));
        }
        if (!settings.get(MixtureKeys.COVARIANCE_PRIOR)
                .equals(MixtureKeys.COVARIANCE_PRIOR.preset())) {
            problems.add(
                    settings.problem(
                            MixtureKeys.COVARIANCE_PRIOR,
                            "is "
                                    + settings.get(MixtureKeys.COVARIANCE_PRIOR)
                                    + ", but model.fit is variational-bayes, which has a prior of"
                                    + " its own: remove it"));
        }
    }

    private static void initialModel(Settings settings, List<Problem> problems) {
        if (settings.isGiven(MixtureKeys.INITIALIZATION)) {
            problems.add(
                    settings.problem(
                            MixtureKeys.INITIALIZATION,
                            "is "
                                    + settings.show(MixtureKeys.INITIALIZATION)
                                    + ", but train.initialModel already gives the initial mixture:"
                                    + " remove one of the two"));
        }
        List<Integer> components = settings.get(MixtureKeys.COMPONENTS);
        if (components.size() > 1) {
            problems.add(
                    settings.problem(
                            MixtureKeys.COMPONENTS,
                            "is a list of "
                                    + components.size()
                                    + ", but train.initialModel has one number of components: must"
                                    + " be one number"));
        }
    }
}
