package io.github.sparklatent.app.config;

import io.github.sparklatent.config.CommonKeys;
import io.github.sparklatent.config.DataFormat;
import io.github.sparklatent.config.OutputMode;
import io.github.sparklatent.config.Settings;
import java.util.List;
import java.util.Optional;

/**
 * The settings of the rows that score or sample writes.
 *
 * @param format format of the files; absent: that of the input, parquet for sample
 * @param table table of Spark's catalog; absent: the rows are written to a directory
 * @param mode handling of rows that are there already; absent: as {@code output.overwrite} says
 * @param partitionBy columns by whose values the rows are separated; empty: none
 * @param guardsFormulas whether csv has an apostrophe before texts that a spreadsheet would run
 */
public record RowsSection(
        Optional<DataFormat> format,
        Optional<String> table,
        Optional<OutputMode> mode,
        List<String> partitionBy,
        boolean guardsFormulas) {
    /** The settings that are not given. */
    public static final RowsSection DEFAULT =
            new RowsSection(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    CommonKeys.GUARD_FORMULAS.preset());

    public RowsSection {
        CommonKeys.OUTPUT_FORMAT.require(format);
        CommonKeys.OUTPUT_TABLE.require(table);
        CommonKeys.OUTPUT_MODE.require(mode);
        partitionBy = List.copyOf(partitionBy);
    }

    static RowsSection of(Settings settings) {
        return new RowsSection(
                settings.find(CommonKeys.OUTPUT_FORMAT),
                settings.find(CommonKeys.OUTPUT_TABLE),
                settings.find(CommonKeys.OUTPUT_MODE),
                settings.find(CommonKeys.PARTITION_BY).orElse(List.of()),
                settings.get(CommonKeys.GUARD_FORMULAS));
    }
}
