package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.config.CommonKeys;
import io.github.sparklatent.config.GroupKeys;
import io.github.sparklatent.config.Key;
import io.github.sparklatent.config.Problem;
import io.github.sparklatent.config.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Checks the settings of a model for each group. */
public final class GroupConflicts {
    /** Keys that the models of groups cannot have, and the reasons. */
    private static final Map<Key<?>, String> EXCLUDED = new LinkedHashMap<>();

    static {
        EXCLUDED.put(CommonKeys.INITIAL_MODEL, "starts from no model");
        EXCLUDED.put(CommonKeys.HOLDOUT_PATH, "holds out rows by data.holdout.fraction");
        EXCLUDED.put(CommonKeys.PLACED, "reads the rows of data.path");
        EXCLUDED.put(CommonKeys.MAX_SECONDS, "fits all groups");
    }

    private GroupConflicts() {}

    /** Returns whether the settings ask for a model for each group. */
    public static boolean isGrouped(Settings settings) {
        return settings.find(GroupKeys.GROUP_BY).isPresent();
    }

    /** Returns the settings that contradict each other. */
    public static List<Problem> in(Settings settings) {
        if (isGrouped(settings)) {
            return excluded(settings);
        }
        return settings.isGiven(GroupKeys.GROUP_ROWS)
                ? List.of(
                        settings.problem(
                                GroupKeys.GROUP_ROWS,
                                "is set, but it has no effect unless data.groupBy names columns:"
                                        + " remove it"))
                : List.of();
    }

    /** Returns the settings of a mixture that the models of groups cannot have. */
    public static List<Problem> excluded(Settings settings) {
        List<Problem> problems = new ArrayList<>();
        if (settings.isGiven("model.fit") && !settings.is("model.fit", "em")) {
            problems.add(
                    settings.problem(
                            "model.fit",
                            "is %s, but the models of groups (data.groupBy) are fitted by em: must be em"
                                    .formatted(settings.show("model.fit"))));
        }
        EXCLUDED.forEach(
                (key, reason) -> {
                    if (settings.isGiven(key)) {
                        problems.add(
                                settings.problem(
                                        key,
                                        "is set, but a training with data.groupBy "
                                                + reason
                                                + ": remove it"));
                    }
                });
        return problems;
    }
}
