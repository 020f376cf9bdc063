package io.github.sparklatent.app.config;

import io.github.sparklatent.config.CommonKeys;
import io.github.sparklatent.config.OutputMode;
import io.github.sparklatent.config.Settings;
import java.util.Optional;

/**
 * The settings of a job's result.
 *
 * @param path the result directory
 * @param rows settings of the rows that score or sample writes
 * @param overwrite whether an existing result is replaced
 * @param versioned whether each result is a version of its own, and the newest is current
 * @param report whether report.html is written
 */
public record OutputSection(
        Optional<String> path,
        RowsSection rows,
        boolean overwrite,
        boolean versioned,
        boolean report) {

    public OutputSection {
        CommonKeys.OUTPUT_PATH.require(path);
    }

    static OutputSection of(Settings settings) {
        return new OutputSection(
                settings.find(CommonKeys.OUTPUT_PATH),
                RowsSection.of(settings),
                settings.get(CommonKeys.OVERWRITE),
                settings.get(CommonKeys.VERSIONED),
                settings.get(CommonKeys.REPORT));
    }

    /** Returns what a job does if its result exists. */
    public OutputMode mode(Job job) {
        OutputMode general = overwrite ? OutputMode.OVERWRITE : OutputMode.ERROR;
        return job.writesRows() ? rows.mode().orElse(general) : general;
    }

    /** Returns the table of Spark's catalog that a job writes; empty if it writes a directory. */
    public Optional<String> table(Job job) {
        return rows.table().filter(name -> job.writesRows());
    }
}
