package io.github.sparklatent.cluster.encoding;

import io.github.sparklatent.cluster.table.ColumnPaths;
import io.github.sparklatent.cluster.table.EncodedColumn;
import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.columns.ColumnEncoder;
import io.github.sparklatent.columns.Feature;
import io.github.sparklatent.learn.DataException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/**
 * Compares the first rows of a table with the training table of a model. Values that the model cannot read count as
 * missing, so a wrong table or a column in a wrong place would be scored as if little were known of its rows.
 */
public final class UnknownValues {
    /** Number of rows that are looked at. */
    private static final int ROWS = 1000;

    /** Fewest values of which all being unknown is no accident. */
    private static final int FEWEST = 20;

    /** Share of new categories in a column above which they are told. */
    private static final double TOLD = 0.1;

    private UnknownValues() {}

    /**
     * Returns warnings about columns with texts in place of numbers, with numbers that have no logarithm, or with many
     * categories that the training table had not, as sentences.
     *
     * @param columns columns of a saved model in the table
     * @throws DataException if no value of a column is known
     */
    public static List<String> warnings(Dataset<Row> table, FeatureColumns columns) {
        List<? extends ColumnEncoder> encoders = columns.encoders();
        if (encoders.isEmpty()) {
            return List.of();
        }
        ColumnPaths paths = new ColumnPaths(table.schema());
        Column[] sources = new Column[encoders.size()];
        for (int j = 0; j < sources.length; j++) {
            String path = encoders.get(j).column();
            for (StructField field : paths.schema().fields()) {
                if (field.name().equalsIgnoreCase(path)) {
                    sources[j] = EncodedColumn.source(encoders.get(j), field.dataType(), paths.expression(field))
                            .as("v" + j);
                }
            }
        }
        List<Row> rows = table.select(sources).limit(ROWS).collectAsList();
        List<String> warnings = new ArrayList<>();
        for (int j = 0; j < sources.length; j++) {
            count(encoders.get(j), rows, j, warnings);
        }
        return warnings;
    }

    private static void count(ColumnEncoder encoder, List<Row> rows, int place, List<String> warnings) {
        long present = 0;
        long unknown = 0;
        long outside = 0;
        Object example = null;
        for (Row row : rows) {
            Object value = row.get(place);
            present += value == null ? 0 : 1;
            outside += encoder.isOutside(value) ? 1 : 0;
            if (encoder.isUnknown(value)) {
                unknown++;
                example = example == null ? value : example;
            }
        }
        if (unknown >= FEWEST && unknown == present) {
            throw new DataException(
                    "column \"%s\" has no value that the model knows in the first %,d rows; expected values as in the training table: is this the right table, and are its columns in the right order?"
                            .formatted(encoder.column(), rows.size()),
                    " (such as \"%s\")".formatted(example));
        }
        if (outside > 0) {
            warnings.add(
                    "column \"%s\": %,d of the first %,d values have no logarithm, and count as far below all training rows"
                            .formatted(encoder.column(), outside, present));
        }
        boolean isCategory = encoder.features().get(0).kind() == Feature.Kind.CATEGORY;
        if (unknown > (isCategory ? TOLD * present : 0)) {
            warnings.add(
                    "column \"%s\": %,d of the first %,d values are unknown to the model, such as \"%s\", and count as missing"
                            .formatted(encoder.column(), unknown, present, example));
        }
    }
}
