package io.github.sparklatent.learn.em;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;

/**
 * A row of the data chosen by its score.
 *
 * @param score the smaller, the sooner chosen
 * @param values the row, d numbers. Not to be modified.
 */
public record SelectedRow(double score, double[] values) implements Serializable {
    /**
     * By score, then by content: total up to equal rows, so a choice never depends on how rows are
     * placed.
     */
    public static final Comparator<SelectedRow> ORDER =
            Comparator.comparingDouble(SelectedRow::score)
                    .thenComparing(SelectedRow::values, Arrays::compare);
}
