package io.github.sparklatent.config;

import io.github.sparklatent.settings.Setting;
import java.util.Optional;

/** The settings of a job's result. */
public record OutputSection(
        @Setting(
                key = "output.path",
                meaning = "result directory of the training; see model.path for the other" + " jobs",
                absent = "only inspect can run",
                noun = "a path")
        Optional<String> path,

        RowsSection rows,

        @Setting(key = "output.overwrite", meaning = "whether an existing result is replaced")
        boolean overwrite,

        @Setting(key = "output.report", meaning = "whether report.html is written")
        boolean report) {
    /** The default settings. */
    public static final OutputSection DEFAULT = new OutputSection(Optional.empty(), RowsSection.DEFAULT, false, true);
}
