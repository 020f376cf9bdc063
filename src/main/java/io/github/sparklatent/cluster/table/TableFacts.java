package io.github.sparklatent.cluster.table;

import java.util.List;

/**
 * What is known of a table that has been read.
 *
 * @param rows training rows
 * @param holdoutRows held-out rows
 * @param skipped rows left out
 * @param width numbers of a row
 * @param valueRange greatest value of the training rows less the least, whatever the column, in the
 *     units of the table
 * @param fingerprint 16 hexadecimal digits that follow from the rows used and left out, in whatever
 *     order they come
 * @param featureNames one for each number of a row
 * @param warnings sentences about data that could be used all the same; of a table that is trained
 *     on they have been logged
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
