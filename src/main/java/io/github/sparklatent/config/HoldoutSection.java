package io.github.sparklatent.config;

import java.util.List;

/**
 * Rows held out of training: a fraction of the rows, or a separate table.
 *
 * @param fraction fraction of the rows that is held out, in [0, 1); 0 if there are paths
 * @param paths paths of the files of the separate table; empty if there is a fraction
 * @param labels paths of separate label files: one for each path, or none
 */
public record HoldoutSection(double fraction, List<String> paths, List<String> labels) {

    public HoldoutSection {
        CommonKeys.HOLDOUT_FRACTION.require(fraction);
        paths = List.copyOf(paths);
        labels = List.copyOf(labels);
        if (fraction > 0 && !paths.isEmpty()) {
            throw new IllegalArgumentException(
                    "data.holdout has a fraction and a path, must have only one of the two");
        }
    }

    /** Returns the held-out rows that the settings describe. */
    public static HoldoutSection of(Settings settings) {
        List<String> paths = settings.find(CommonKeys.HOLDOUT_PATH).orElse(List.of());
        return new HoldoutSection(
                paths.isEmpty() ? settings.get(CommonKeys.HOLDOUT_FRACTION) : 0,
                paths,
                settings.find(CommonKeys.HOLDOUT_LABELS).orElse(List.of()));
    }

    /** Returns whether nothing is held out. */
    public boolean isEmpty() {
        return fraction == 0 && paths.isEmpty();
    }
}
