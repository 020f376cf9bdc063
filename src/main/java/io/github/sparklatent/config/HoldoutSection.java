package io.github.sparklatent.config;

import io.github.sparklatent.settings.Rules;
import io.github.sparklatent.settings.Setting;
import java.util.List;

/** Rows held out of training: a fraction of the rows, or a separate table. */
public record HoldoutSection(
        @Setting(
                key = "data.holdout.fraction",
                meaning = "fraction of rows held out, chosen by a hash of their key and the" + " seed; 0: none",
                range = ">= 0 and < 1",
                param = "holdoutFraction",
                estimatorDefault = "0.0") // as in spark.ml: the only default that differs from that of a job
        double fraction,

        @Setting(
                key = "data.holdout.path",
                meaning = "separate table of held-out rows, instead of a fraction",
                absent = "data.holdout.fraction applies",
                noun = "a path")
        List<String> paths,

        @Setting(
                key = "data.holdout.labels",
                meaning = "idx: labels of the held-out images",
                absent = "no measures by label",
                noun = "a path")
        List<String> labels) {
    /** The default settings. */
    public static final HoldoutSection DEFAULT = new HoldoutSection(0.1, List.of(), List.of());

    public HoldoutSection {
        Rules.of(HoldoutSection.class).range("fraction", fraction).check();
        fraction = paths.isEmpty() ? fraction : 0;
        paths = List.copyOf(paths);
        labels = List.copyOf(labels);
    }

    /** Returns whether nothing is held out. */
    public boolean isEmpty() {
        return fraction == 0 && paths.isEmpty();
    }
}
