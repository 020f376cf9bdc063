package io.github.sparklatent.config;

import java.util.List;

/**
 * Rows that training never sees: a share of the rows, or a table of their own.
 *
 * @param fraction from 0, below 1; 0 where there is a path
 * @param paths the table; empty where there is a fraction
 * @param labels files of labels where they stand beside the rows: one for each path, or none
 */
public record HoldoutSection(double fraction, List<String> paths, List<String> labels) {

    public HoldoutSection {
        CommonKeys.HOLDOUT_FRACTION.require(fraction);
        paths = List.copyOf(paths);
        labels = List.copyOf(labels);
        if (fraction > 0 && !paths.isEmpty()) {
            throw new IllegalArgumentException(
                    "data.holdout has a fraction and a path, must have one of the two");
        }
    }

    public static HoldoutSection of(Settings settings) {
        List<String> paths = settings.find(CommonKeys.HOLDOUT_PATH).orElse(List.of());
        return new HoldoutSection(
                paths.isEmpty() ? settings.get(CommonKeys.HOLDOUT_FRACTION) : 0,
                paths,
                settings.find(CommonKeys.HOLDOUT_LABELS).orElse(List.of()));
    }

    /** Whether nothing is held out. */
    public boolean isEmpty() {
        return fraction == 0 && paths.isEmpty();
    }
}
