package io.github.sparklatent.app.files;

import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import com.univocity.parsers.csv.UnescapedQuoteHandling;
import io.github.sparklatent.cluster.storage.FileSystems;
import io.github.sparklatent.columns.Invalid;
import io.github.sparklatent.columns.TextFormat;
import io.github.sparklatent.config.DataSection;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.columns.SchemaColumns;
import io.github.sparklatent.ml.io.Lines;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Finds the rows of CSV files that have fewer or more fields than the header. Spark fills such rows with nulls or drops
 * their last fields, but it can put the text of a row that it cannot read into a column of its own.
 *
 * @param data settings of the table
 * @param shown key and paths of the table, for messages
 * @param schema columns of the table
 * @param read reads the files with a schema and with the name of the column of unreadable rows
 */
record RaggedRows(DataSection data, String shown, StructType schema, Function<StructType, Dataset<Row>> read) {
    /** Largest number of rows that a message shows. */
    private static final int SHOWN = 3;

    /** Largest number of characters of a row that a message shows. */
    private static final int SHOWN_LENGTH = 100;

    /** Largest number of lines that are read to find the number of a line. */
    private static final long MAX_LINES = 10_000_000;

    /** A cause may be its own cause. */
    private static final int MAX_CAUSES = 32;

    /** A table without its unreadable rows, their number, and a warning. */
    record Checked(Dataset<Row> table, long skipped, Optional<String> warning) {}

    /** A row with another number of fields. */
    private record Ragged(String file, String text, int fields) {}

    /** Returns the name of the column of unreadable rows, which the table does not have. */
    static String unreadable(StructType schema) {
        return SchemaColumns.unused(schema, "unreadable");
    }

    /** Ends a task at the first row with another number of fields. */
    private static final class RaggedRowException extends DataException {
        private static final long serialVersionUID = 1L;

        RaggedRowException() {
            super("a row has fewer or more fields than the header");
        }
    }

    /** Returns whether a traversal of {@link #watched} has ended at a row with another number of fields. */
    static boolean ended(Throwable traversal) {
        return Stream.iterate(traversal, Objects::nonNull, Throwable::getCause)
                .limit(MAX_CAUSES)
                .anyMatch(RaggedRowException.class::isInstance);
    }

    /** Returns the table in a form that cannot be read beyond a row with another number of fields. */
    Dataset<Row> watched() {
        UDF2<String, Integer, Boolean> fail = (text, fields) -> {
            throw new RaggedRowException();
        };
        Column refused = udf(fail, DataTypes.BooleanType).apply(text(), fields());
        return marked(schema)
                .where(text().isNull().or(fields().equalTo(width())).or(refused))
                .drop(unreadable(schema));
    }

    /** Returns all rows, with the texts of unreadable ones in a further column. */
    private Dataset<Row> marked(StructType columns) {
        return read.apply(columns.add(unreadable(schema), DataTypes.StringType));
    }

    /**
     * Counts the rows with another number of fields in one Spark job, which parses the files once. If there are none,
     * the table is returned as it is.
     *
     * @throws DataException if there are some and {@code data.invalid} is error
     */
    Checked check(Dataset<Row> table) {
        StructType texts = new StructType(Arrays.stream(schema.fieldNames())
                .map(name -> DataTypes.createStructField(name, DataTypes.StringType, true))
                .toArray(StructField[]::new));
        Dataset<Row> all = marked(texts);
        Row counts = all.agg(
                        count(lit(1)),
                        count(text()),
                        count(first()), // Spark refuses to read that column alone
                        sum(when(text().isNotNull().and(fields().lt(width())), 1)
                                .otherwise(0)))
                .first();
        long rows = counts.getLong(0);
        long ragged = counts.getLong(1);
        if (ragged == 0) {
            return new Checked(table, 0, Optional.empty());
        }
        String found = "%d of %d rows have fewer or more fields than the %d of %s: %s"
                .formatted(ragged, rows, width(), standard(), examples(all));
        if (data.invalid() == Invalid.ERROR) {
            throw new DataException(
                    "%s: %s; fix these rows, or set data.invalid = skip to leave them out".formatted(shown, found));
        }
        boolean keeps = data.invalid() == Invalid.KEEP;
        long fewer = keeps ? counts.getLong(3) : 0;
        String handled = fewer == 0
                ? "these rows were left out"
                : "the cells that are absent from %s are missing values, and %s left out"
                        .formatted(Lines.count(fewer, "row"), Lines.count(ragged - fewer, "row") + " with more were");
        Column readable = fields().equalTo(width());
        Dataset<Row> kept = marked(schema)
                .where(text().isNull().or(keeps ? fields().leq(width()) : readable))
                .drop(unreadable(schema));
        return new Checked(kept, ragged - fewer, Optional.of("%s: %s; %s".formatted(shown, found, handled)));
    }

    private int width() {
        return schema.length();
    }

    private String standard() {
        return data.header() ? "the header" : data.schema().isPresent() ? "data.schema" : "the first row";
    }

    private Column text() {
        return SchemaColumns.column(unreadable(schema));
    }

    private Column first() {
        return SchemaColumns.column(schema.fieldNames()[0]);
    }

    /** Number of fields of an unreadable row. */
    private Column fields() {
        return udf(new Fields(data.separator()), DataTypes.IntegerType).apply(text(), first().cast("string"));
    }

    /** Describes the first rows with another number of fields. */
    private String examples(Dataset<Row> all) {
        List<Ragged> rows = all
                .where(text().isNotNull())
                .select(call_function("input_file_name"), text(), fields())
                .takeAsList(SHOWN)
                .stream()
                .map(row -> new Ragged(row.getString(0), row.getString(1), row.getInt(2)))
                .toList();
        List<String> examples = new ArrayList<>();
        for (String file : rows.stream().map(Ragged::file).distinct().toList()) {
            List<Ragged> own =
                    rows.stream().filter(row -> row.file().equals(file)).toList();
            Path path = new Path(URI.create(file));
            long[] lines = lines(path, own, all.sparkSession().sparkContext().hadoopConfiguration());
            for (int i = 0; i < own.size(); i++) {
                String text = own.get(i).text();
                examples.add("%s%s has %s (%s)"
                        .formatted(
                                lines[i] > 0 ? "line " + lines[i] + " of " : "a row of ",
                                path.getName(),
                                Lines.count(own.get(i).fields(), "field"),
                                text.length() > SHOWN_LENGTH ? text.substring(0, SHOWN_LENGTH) + "..." : text));
            }
        }
        return String.join(", ", examples);
    }

    /**
     * Finds the numbers of the lines of rows, which are in the order of the file; 0: not found. The driver reads the
     * file up to the last of them.
     */
    private long[] lines(Path path, List<Ragged> rows, Configuration hadoop) {
        long[] numbers = new long[rows.size()];
        if (data.isWhole()) {
            return numbers; // a line may be a part of a row
        }
        CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodec(path);
        try (InputStream file = FileSystems.of(path, hadoop).open(path);
                InputStream plain = codec == null ? file : codec.createInputStream(file);
                BufferedReader lines = new BufferedReader(new InputStreamReader(plain, data.encoding()))) {
            int next = 0;
            String line = lines.readLine();
            for (long i = 1; next < numbers.length && line != null && i <= MAX_LINES; i++) {
                if (line.strip().equals(rows.get(next).text().strip())) {
                    numbers[next++] = i;
                }
                line = lines.readLine();
            }
        } catch (IOException e) {
            Arrays.fill(numbers, 0); // the text of the row is enough to find it
        }
        return numbers;
    }

    /**
     * Counts the fields of the text of an unreadable row as Spark does; null for other rows. Spark reads no file for
     * the column of unreadable rows alone, so there is a second argument.
     */
    private static final class Fields implements UDF2<String, String, Integer> {
        private static final long serialVersionUID = 1L;

        private final String separator;
        private transient CsvParser parser;

        Fields(String separator) {
            this.separator = separator;
        }

        @Override
        public Integer call(String text, String other) {
            if (text == null) {
                return null;
            }
            if (parser == null) {
                CsvParserSettings settings = new CsvParserSettings();
                settings.getFormat().setDelimiter(separator.translateEscapes());
                settings.getFormat().setQuoteEscape('"');
                settings.getFormat().setComment('\0');
                settings.setMaxCharsPerColumn(-1);
                settings.setMaxColumns(TextFormat.MAX_COLUMNS);
                settings.setUnescapedQuoteHandling(UnescapedQuoteHandling.STOP_AT_DELIMITER);
                parser = new CsvParser(settings);
            }
            String[] fields = parser.parseLine(text);
            return fields == null ? 0 : fields.length;
        }
    }
}
