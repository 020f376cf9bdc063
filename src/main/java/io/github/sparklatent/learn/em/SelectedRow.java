package io.github.sparklatent.learn.em;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;

/**
 * A row of the data selected by its score.
 *
 * @param score score of the row; smaller scores are selected first
 * @param weight weight of the row; of equal rows that are selected as one, that of any of them
 * @param values the row, d numbers. Not to be modified.
 */
public record SelectedRow(double score, double weight, double[] values) implements Serializable {
    /**
     * Order by score, then by content. Only equal rows compare as equal, so a selection does not depend on the
     * distribution of rows over partitions.
     */
    public static final Comparator<SelectedRow> ORDER =
            Comparator.comparingDouble(SelectedRow::score).thenComparing(SelectedRow::values, Arrays::compare);
}
