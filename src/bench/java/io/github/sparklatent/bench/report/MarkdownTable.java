package io.github.sparklatent.bench.report;

import java.util.Collections;
import java.util.List;

/** A Markdown table whose first columns are aligned left and whose other columns are aligned right. */
public final class MarkdownTable {
    private final StringBuilder text;
    private int rows;

    /** @param left number of columns that are aligned left */
    public MarkdownTable(int left, List<String> header) {
        text = new StringBuilder();
        append(header);
        append(Collections.nCopies(left, "---"), Collections.nCopies(header.size() - left, "---:"));
    }

    public MarkdownTable(int left, String... header) {
        this(left, List.of(header));
    }

    /** Adds a row. Its cells are given one by one or as lists of cells. */
    public MarkdownTable row(Object... cells) {
        append(cells);
        rows++;
        return this;
    }

    public boolean isEmpty() {
        return rows == 0;
    }

    private void append(Object... cells) {
        text.append("|");
        for (Object cell : cells) {
            for (Object one : cell instanceof List<?> list ? list : List.of(cell)) {
                text.append(" %s |".formatted(one));
            }
        }
        text.append("\n");
    }

    /** The table, with a line break after each row. */
    @Override
    public String toString() {
        return text.toString();
    }
}
