package io.github.sparklatent.config;

import io.github.sparklatent.settings.Rules;
import io.github.sparklatent.settings.Setting;
import java.util.Optional;

/**
 * The settings of a comparison of two tables.
 *
 * @param current the table that is compared with that of the section {@code data}; absent: the command cannot run
 * @param rows most rows of each table that are compared
 * @param stability population stability index above which a column has drifted
 * @param share share of drifted columns above which the table has drifted
 * @param area area under the ROC curve of a classifier above which the table has drifted
 */
public record DriftSection(
        @Setting(
                key = "drift.current",
                meaning = "table to compare with data.path: a file, a folder, or a name in the catalog",
                absent = "only other commands than drift can run",
                noun = "a table")
        Optional<String> current,

        @Setting(
                key = "drift.rows",
                meaning = "about the most rows of each table that are compared; levels and missing values are"
                        + " of all rows",
                range = ">= 100")
        int rows,

        @Setting(
                key = "drift.stability",
                meaning = "population stability index above which a column has drifted",
                range = "> 0")
        double stability,

        @Setting(
                key = "drift.share",
                meaning = "share of drifted columns above which the table has drifted",
                range = ">= 0 and <= 1")
        double share,

        @Setting(
                key = "drift.area",
                meaning = "area under the ROC curve of a classifier of the two tables above which the table has"
                        + " drifted",
                range = ">= 0.5 and <= 1")
        double area) {
    /** The default settings. */
    public static final DriftSection DEFAULT = new DriftSection(Optional.empty(), 50_000, 0.1, 0.5, 0.55);

    public DriftSection {
        Rules.of(DriftSection.class)
                .range("rows", rows)
                .range("stability", stability)
                .range("share", share)
                .range("area", area)
                .check();
    }
}
