package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.cluster.table.Placement;
import io.github.sparklatent.config.CommonKeys;
import io.github.sparklatent.config.HoldoutSection;
import io.github.sparklatent.config.Key;
import io.github.sparklatent.config.Problem;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.gmm.robust.RobustMethod;
import io.github.sparklatent.gmm.training.Criterion;
import io.github.sparklatent.gmm.training.FitMethod;
import io.github.sparklatent.gmm.training.MixtureOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Checks combinations of values in the configuration of a Gaussian mixture. */
final class MixtureConflicts {
    /** The methods of fitting that use a key. */
    private static final Map<Key<?>, List<FitMethod>> METHODS = new LinkedHashMap<>();

    static {
        METHODS.put(MixtureKeys.WEIGHT_PRIOR, List.of(FitMethod.VARIATIONAL_BAYES));
        METHODS.put(MixtureKeys.WEIGHT_CONCENTRATION, List.of(FitMethod.VARIATIONAL_BAYES));
        METHODS.put(MixtureKeys.MEAN_PRECISION, List.of(FitMethod.VARIATIONAL_BAYES));
        METHODS.put(MixtureKeys.STEP_EXPONENT, List.of(FitMethod.STEPWISE_EM, FitMethod.GRADIENT));
        METHODS.put(MixtureKeys.LEARNING_RATE, List.of(FitMethod.GRADIENT));
        METHODS.put(MixtureKeys.DRAWS, List.of(FitMethod.MONTE_CARLO_EM));
    }

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
                && settings.get(MixtureKeys.COMPONENTS).size() != 1) {
            problems.add(
                    settings.problem(
                            MixtureKeys.CRITERION,
                            "is mutual-information, which grows with the number of components:"
                                    + " model.components must be one number"));
        }
        FitMethod fit = settings.get(MixtureKeys.FIT);
        if (fit == FitMethod.VARIATIONAL_BAYES) {
            bayes(settings, problems);
        }
        factors(settings, problems);
        robust(settings, problems);
        if (settings.get(MixtureKeys.ACCELERATION) && fit != FitMethod.EM) {
            problems.add(
                    settings.problem(
                            MixtureKeys.ACCELERATION,
                            "is true, but model.fit is %s, which is %s accelerated: must be false"
                                    .formatted(
                                            fit, fit == FitMethod.STEPWISE_EM ? "always" : "not")));
        }
        if (fit == FitMethod.GRADIENT && settings.get(CommonKeys.PLACEMENT) == Placement.ASIS) {
            problems.add(
                    settings.problem(
                            CommonKeys.PLACEMENT,
                            "is asis, but model.fit is gradient, whose batches need rows in random"
                                    + " order: remove it"));
        }
        METHODS.forEach(
                (key, methods) -> {
                    if (!methods.contains(fit) && !settings.get(key).equals(key.preset())) {
                        problems.add(
                                settings.problem(
                                        key,
                                        "is %s, but it has no effect unless model.fit is %s: remove it"
                                                .formatted(
                                                        settings.get(key),
                                                        String.join(
                                                                " or ",
                                                                methods.stream()
                                                                        .map(FitMethod::toString)
                                                                        .toList()))));
                    }
                });
        if (settings.find(CommonKeys.INITIAL_MODEL).isPresent()) {
            initialModel(settings, problems);
        }
        problems.addAll(GroupConflicts.in(settings));
        return problems;
    }

    private static void factors(Settings settings, List<Problem> problems) {
        CovarianceType covariance = settings.get(MixtureKeys.COVARIANCE);
        if (!covariance.isFactored()) {
            if (!settings.get(MixtureKeys.FACTORS).equals(MixtureKeys.FACTORS.preset())
                    && settings.find(CommonKeys.INITIAL_MODEL).isEmpty()) {
                problems.add(
                        settings.problem(
                                MixtureKeys.FACTORS,
                                "is %s, but it has no effect unless model.covariance is factor or ppca: remove it"
                                        .formatted(settings.get(MixtureKeys.FACTORS))));
            }
            return;
        }
        FitMethod fit = settings.get(MixtureKeys.FIT);
        if (!MixtureOptions.fitsFactors(fit)) {
            problems.add(
                    settings.problem(
                            MixtureKeys.FIT,
                            "is "
                                    + fit
                                    + ", but model.covariance is "
                                    + covariance
                                    + ": must be em or monte-carlo-em"));
        }
        if (settings.get(MixtureKeys.ACCELERATION) && fit == FitMethod.EM) {
            problems.add(
                    settings.problem(
                            MixtureKeys.ACCELERATION,
                            "is true, but rounds with model.covariance = "
                                    + covariance
                                    + " are not accelerated: must be false"));
        }
    }

    private static void robust(Settings settings, List<Problem> problems) {
        RobustMethod robust = settings.get(MixtureKeys.ROBUST);
        if (robust == RobustMethod.NONE) {
            if (!settings.get(MixtureKeys.TRIM).equals(MixtureKeys.TRIM.preset())) {
                problems.add(
                        settings.problem(
                                MixtureKeys.TRIM,
                                "is %s, but it has no effect unless model.robust is trim or mcd: remove it"
                                        .formatted(settings.get(MixtureKeys.TRIM))));
            }
            return;
        }
        FitMethod fit = settings.get(MixtureKeys.FIT);
        if (fit != FitMethod.EM || settings.get(MixtureKeys.ACCELERATION)) {
            problems.add(
                    settings.problem(
                            MixtureKeys.ROBUST,
                            "is %s, which is fitted by em without acceleration, but model.fit is %s%s: remove it"
                                    .formatted(
                                            robust,
                                            fit,
                                            settings.get(MixtureKeys.ACCELERATION)
                                                    ? " with train.acceleration"
                                                    : "")));
        }
        if (robust == RobustMethod.MCD
                && !(settings.get(MixtureKeys.COMPONENTS).equals(List.of(1))
                        && settings.get(MixtureKeys.COVARIANCE) == CovarianceType.FULL)) {
            problems.add(
                    settings.problem(
                            MixtureKeys.ROBUST,
                            "is mcd, which fits one component with a full covariance: must be trim,"
                                    + " or model.components 1 and model.covariance full"));
        }
    }

    private static void bayes(Settings settings, List<Problem> problems) {
        if (settings.get(MixtureKeys.COMPONENTS).size() != 1) {
            problems.add(
                    settings.problem(
                            MixtureKeys.COMPONENTS,
                            "is "
                                    + (settings.get(MixtureKeys.COMPONENTS).isEmpty()
                                            ? "auto"
                                            : "a list")
                                    + ", but model.fit is variational-bayes, which finds how many"
                                    + " components are in use: must be one number, the greatest"));
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
        if (components.size() != 1) {
            problems.add(
                    settings.problem(
                            MixtureKeys.COMPONENTS,
                            "is "
                                    + (components.isEmpty()
                                            ? "auto"
                                            : "a list of " + components.size())
                                    + ", but train.initialModel has one number of components: must"
                                    + " be one number"));
        }
    }
}
