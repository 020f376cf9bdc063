package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.config.Problem;
import io.github.sparklatent.config.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Checks the settings of a model for each group. */
public final class GroupConflicts {
    /** Keys that the models of groups cannot have, and the reasons. */
    private static final Map<String, String> EXCLUDED = new LinkedHashMap<>();

    static {
        EXCLUDED.put("train.initialModel", "starts from no model");
        EXCLUDED.put("data.holdout.path", "holds out rows by data.holdout.fraction");
        EXCLUDED.put("train.maxSeconds", "fits all groups");
    }

    private GroupConflicts() {}

    /** Returns whether the settings ask for a model for each group. */
    public static boolean isGrouped(Settings settings) {
        return !settings.texts("data.groupBy").isEmpty();
    }

    /** Returns the settings that contradict each other. */
    public static List<Problem> in(Settings settings) {
        if (isGrouped(settings)) {
            return excluded(settings);
        }
        return settings.isGiven("data.groupRows")
                ? List.of(settings.problem(
                        "data.groupRows",
                        "is set, but it has no effect unless data.groupBy names columns:" + " remove it"))
                : List.of();
    }

    /** Returns the settings of a mixture that the models of groups cannot have. */
    public static List<Problem> excluded(Settings settings) {
        List<Problem> problems = new ArrayList<>();
        if (settings.isGiven("model.fit") && !settings.is("model.fit", "em")) {
            problems.add(settings.problem(
                    "model.fit",
                    "is %s, but the models of groups (data.groupBy) are fitted by em: must be em"
                            .formatted(settings.show("model.fit"))));
        }
        EXCLUDED.forEach((key, reason) -> {
            if (settings.isGiven(key)) {
                problems.add(
                        settings.problem(key, "is set, but a training with data.groupBy " + reason + ": remove it"));
            }
        });
        return problems;
    }
}
