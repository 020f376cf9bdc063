package io.github.sparklatent.app.files;

import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.github.sparklatent.columns.Invalid;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.columns.SchemaColumns;
import java.net.URI;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;

/**
 * Finds the rows of CSV files that have fewer or more fields than the header. Spark fills such rows with nulls or drops
 * their last fields, but it can put the text of a row that it cannot read into a column of its own.
 *
 * @param shown key and paths of the table, for messages
 * @param standard what says how many fields a row has, for messages
 * @param invalid what is done with such rows
 * @param marked all rows, with the texts of those that do not fit in a further column
 * @param text name of that column
 */
record RaggedRows(String shown, String standard, Invalid invalid, Dataset<Row> marked, String text) {
    /** A cause may be its own cause. */
    private static final int MAX_CAUSES = 32;

    /** A table without its unreadable rows, their number, and a warning. */
    record Checked(Dataset<Row> table, long skipped, Optional<String> warning) {}

    /** Ends a task at the first row that does not fit. */
    private static final class RaggedRowException extends DataException {
        private static final long serialVersionUID = 1L;

        RaggedRowException() {
            super("a row has fewer or more fields than the header");
        }
    }

    /** Returns whether a traversal of {@link #watched} has ended at a row that does not fit. */
    static boolean ended(Throwable traversal) {
        return Stream.iterate(traversal, Objects::nonNull, Throwable::getCause)
                .limit(MAX_CAUSES)
                .anyMatch(RaggedRowException.class::isInstance);
    }

    /** Returns the table in a form that cannot be read beyond a row that does not fit. */
    Dataset<Row> watched() {
        return marked.where(fits(true)).drop(text);
    }

    /**
     * Counts the rows that do not fit. If there are none, or if invalid rows are kept, the table is returned as it is.
     *
     * @throws DataException if there are some and {@code data.invalid} is error
     */
    Checked check(Dataset<Row> table) {
        Column file = when(not(fits(false)), call_function("input_file_name"));
        Row counts = marked.select(file.as("file"))
                .agg(count(lit(1)), count("file"), min("file"))
                .first();
        long ragged = counts.getLong(1);
        if (ragged == 0) {
            return new Checked(table, 0, Optional.empty());
        }
        String found = "%d of %d rows do not fit the %d columns of %s: they have fewer or more fields%s; one is in %s"
                .formatted(
                        ragged,
                        counts.getLong(0),
                        table.columns().length,
                        standard,
                        isTyped() ? " or cells of other types" : "",
                        new Path(URI.create(counts.getString(2))).getName());
        return switch (invalid) {
            case ERROR ->
                throw new DataException(
                        "%s: %s; fix these rows, or set data.invalid = skip to leave them out, or data.options.multiLine = true if texts have line breaks"
                                .formatted(shown, found));
            case SKIP ->
                new Checked(
                        marked.where(fits(false)).drop(text),
                        ragged,
                        Optional.of("%s: %s; these rows were left out".formatted(shown, found)));
            case KEEP ->
                new Checked(
                        table,
                        0,
                        Optional.of("%s: %s; absent cells are missing values, further fields were dropped"
                                .formatted(shown, found)));
        };
    }

    /**
     * Returns whether a row fits. Cells that are not texts must be read to see it, and Spark refuses to read the texts
     * of the rows alone.
     *
     * @param ends whether a row that does not fit ends the traversal
     */
    private Column fits(boolean ends) {
        Column[] columns = Arrays.stream(marked.columns())
                .filter(name -> !name.equals(text))
                .limit(isTyped() ? Integer.MAX_VALUE : 1)
                .map(SchemaColumns::column)
                .toArray(Column[]::new);
        UDF2<String, Long, Boolean> fits = (row, cells) -> {
            if (row != null && ends) {
                throw new RaggedRowException();
            }
            return row == null;
        };
        return udf(fits, DataTypes.BooleanType).apply(SchemaColumns.column(text), xxhash64(columns));
    }

    private boolean isTyped() {
        return Arrays.stream(marked.schema().fields()).anyMatch(field -> field.dataType() != DataTypes.StringType);
    }
}
