package io.github.sparklatent.columns;

import io.github.sparklatent.learn.DataException;
import java.io.Serializable;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The way from the numbers of a row to the features of a model: they are checked, then scaled.
 *
 * @param columns names of the columns, for messages
 * @param scaling scaling learnt from the training table
 * @param width number of numbers of a row; 0: any
 * @param keepsMissing whether NaN is a missing value
 */
public record RowRule(List<String> columns, Scaling scaling, int width, boolean keepsMissing) implements Serializable {
    /**
     * Scales a row unless it cannot be used.
     *
     * @param row numbers of the row. Modified.
     * @param name returns the name of a number
     * @return why the row cannot be used, as a sentence; empty if it has no number; null if it can be used
     * @throws DataException if it has another width
     */
    public String apply(double[] row, IntFunction<String> name) {
        if (width > 0 && row.length != width) {
            throw new DataException("the features %s have %d numbers, expected %d (the width the model was fitted on)"
                    .formatted(columns, row.length, width));
        }
        boolean some = row.length == 0;
        for (int j = 0; j < row.length; j++) {
            boolean usable = UsableNumbers.isUsable(row[j]);
            some |= usable;
            if (!usable && !(keepsMissing && Double.isNaN(row[j]))) {
                return "features column \"%s\" has %s, expected a finite number"
                        .formatted(name.apply(j), UsableNumbers.text(row[j]));
            }
        }
        if (!some) {
            return "";
        }
        scaling.apply(row, 0, row.length);
        return null;
    }
}
