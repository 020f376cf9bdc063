package io.github.sparklatent.cluster.table;

import java.util.List;

/**
 * Facts about a table that has been read.
 *
 * @param rows number of training rows
 * @param holdoutRows number of held-out rows
 * @param skipped number of rows left out
 * @param width number of numbers of a row
 * @param valueRange largest value of the training rows minus the smallest, over all columns, in the
 *     units of the table
 * @param fingerprint 16 hexadecimal digits computed from all rows, independent of their order
 * @param featureNames names of the features, one for each number of a row
 * @param warnings sentences about usable data; the warnings of a training table have been logged
 */
public record TableFacts(
        long rows,
        long holdoutRows,
        long skipped,
        int width,
        double valueRange,
        String fingerprint,
        List<String> featureNames,
        List<String> warnings) {
    public TableFacts {
        featureNames = List.copyOf(featureNames);
        warnings = List.copyOf(warnings);
    }
}
