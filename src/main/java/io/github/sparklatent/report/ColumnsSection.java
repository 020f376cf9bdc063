package io.github.sparklatent.report;

import io.github.sparklatent.report.Page.Cell;
import io.github.sparklatent.report.Page.Section;
import io.github.sparklatent.report.Page.Table;
import java.util.List;

/** The section with the use of each column of the table, and the reason for it. */
public final class ColumnsSection {
    /** Largest number of columns in the table. */
    private static final int SHOWN = 200;

    private ColumnsSection() {}

    /**
     * The use of a column.
     *
     * @param column name of the column
     * @param type how its values are read
     * @param used whether it is modelled
     * @param missing share of its values that are missing, in [0, 1]
     * @param reason reason for its type, or for leaving it out
     */
    public record Use(String column, String type, boolean used, double missing, String reason) {}

    /** Returns the section; without columns, it has no blocks. */
    public static Section of(List<Use> columns) {
        long used = columns.stream().filter(Use::used).count();
        return new Section(
                "columns",
                "Columns of the table",
                "%d of %d columns are modelled. To have a column read in another way, give its type in data.columns."
                        .formatted(used, columns.size()),
                columns.isEmpty() ? List.of() : List.of(table(columns)));
    }

    private static Table table(List<Use> columns) {
        return new Table(
                "columns-uses",
                columns.size() > SHOWN
                        ? "The first %d of %d columns.".formatted(SHOWN, columns.size())
                        : "Types of the columns and the reasons for them.",
                "sentences",
                List.of("Column", "Type", "Missing", "Reason"),
                columns.stream().limit(SHOWN).map(ColumnsSection::row).toList(),
                true);
    }

    private static List<Cell> row(Use use) {
        return List.of(
                Cell.of(use.column()),
                Cell.of(use.used() ? use.type() : "left out"),
                Cell.of(use.missing() > 0 ? Numbers.percent(use.missing()) : ""),
                Cell.of(use.reason()));
    }
}
