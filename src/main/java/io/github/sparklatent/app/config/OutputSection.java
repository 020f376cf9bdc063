package io.github.sparklatent.app.config;

import io.github.sparklatent.config.CommonKeys;
import io.github.sparklatent.config.DataFormat;
import io.github.sparklatent.config.Settings;
import java.util.Optional;

/**
 * The settings of a job's result.
 *
 * @param path the result directory
 * @param format format of the table that score or sample writes; absent: that of the input, parquet
 *     for sample
 * @param overwrite whether an existing result is replaced
 * @param versioned whether each result is a version of its own, and the newest is current
 * @param report whether report.html is written
 */
public record OutputSection(
        Optional<String> path,
        Optional<DataFormat> format,
        boolean overwrite,
        boolean versioned,
        boolean report) {

    public OutputSection {
        CommonKeys.OUTPUT_PATH.require(path);
        CommonKeys.OUTPUT_FORMAT.require(format);
    }

    static OutputSection of(Settings settings) {
        return new OutputSection(
                settings.find(CommonKeys.OUTPUT_PATH),
                settings.find(CommonKeys.OUTPUT_FORMAT),
                settings.get(CommonKeys.OVERWRITE),
                settings.get(CommonKeys.VERSIONED),
                settings.get(CommonKeys.REPORT));
    }
}
