package io.github.sparklatent.ml.network.keys;

import io.github.sparklatent.config.Key;
import io.github.sparklatent.config.Problem;
import io.github.sparklatent.config.Settings;
import java.util.ArrayList;
import java.util.List;

/** Finds conflicts between valid settings of the section {@code evaluate}. */
final class EvaluateConflicts {
    private final Settings settings;
    private final String type;
    private final List<Problem> problems = new ArrayList<>();

    private EvaluateConflicts(Settings settings) {
        this.settings = settings;
        this.type = settings.get(EvaluateKeys.FEATURES);
    }

    static List<Problem> in(Settings settings) {
        EvaluateConflicts conflicts = new EvaluateConflicts(settings);
        conflicts.only(EvaluateKeys.FEATURE_COMPONENTS, EvaluateKeys.COMPONENTS);
        conflicts.only(EvaluateKeys.FEATURE_MODEL, EvaluateKeys.NETWORK);
        conflicts.only(EvaluateKeys.FEATURE_LAYER, EvaluateKeys.NETWORK);
        conflicts.only(EvaluateKeys.FEATURE_ROWS, EvaluateKeys.COMPONENTS, EvaluateKeys.NETWORK);
        conflicts.space();
        return conflicts.problems;
    }

    private void add(Key<?> key, String predicate, Object... values) {
        problems.add(settings.problem(key, predicate.formatted(values)));
    }

    private <T> void only(Key<T> key, String... types) {
        if (settings.isChanged(key) && !List.of(types).contains(type)) {
            add(key, TrainingConflicts.NO_EFFECT, settings.show(key), EvaluateKeys.FEATURES, type);
        }
    }

    private void space() {
        boolean network = type.equals(EvaluateKeys.NETWORK);
        boolean components = type.equals(EvaluateKeys.COMPONENTS);
        if (network && settings.isMissing(EvaluateKeys.FEATURE_MODEL)) {
            add(EvaluateKeys.FEATURES, "is network, but evaluate.features.model is not set");
        }
        if (components && settings.schema().key(EvaluateKeys.FEATURE_ROWS.path()).isEmpty()) {
            add(
                    EvaluateKeys.FEATURES,
                    "is principal-components, which compares drawn rows, but an ae draws"
                            + " none: must be network, which compares reconstructions, or"
                            + " none");
        }
    }
}
