package io.github.sparklatent.app.files;

import io.github.sparklatent.app.console.ExitCodes;
import io.github.sparklatent.app.images.IdxTable;
import io.github.sparklatent.cluster.SmallTable;
import io.github.sparklatent.cluster.storage.FileSystems;
import io.github.sparklatent.columns.TextFormat;
import io.github.sparklatent.config.DataFormat;
import io.github.sparklatent.config.DataSection;
import io.github.sparklatent.config.HoldoutSection;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.columns.SchemaColumns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Reads tables in the formats of the configuration. */
public final class TableReader {
    /** The metadata field in which Spark's libsvm reader stores the number of features. */
    private static final String LIBSVM_WIDTH = "numFeatures";

    /** Largest number of partitions that a preview reads: about 1 GB of files. */
    public static final int PREVIEWED = 8;

    /** The only column that Spark finds in JSON of which it can read no line. */
    private static final String[] UNREADABLE = {"_corrupt_record"};

    private final SparkSession spark;
    private final DataSection data;
    private final TableVersions versions;
    private final boolean preview;
    private final List<String> warnings = new ArrayList<>();
    private long skipped;
    private Dataset<Row> opened;
    private Optional<RaggedRows> unchecked = Optional.empty();

    /** Table of texts, for messages, of which nobody knows yet whether it has rows; else null. */
    private String withoutTypes;

    /**
     * Creates a reader for the tables of a data section.
     *
     * @param versions versions of the tables that the command has read before
     * @param preview whether the rows of a table with more than {@link #PREVIEWED} partitions are not read to check
     *     them
     */
    public TableReader(SparkSession spark, DataSection data, TableVersions versions, boolean preview) {
        this.spark = spark;
        this.data = data;
        this.versions = versions;
        this.preview = preview;
    }

    /**
     * Returns the number of rows that the tables of this reader are without, because they have fewer or more fields
     * than the header of their CSV file.
     */
    public long skipped() {
        return skipped;
    }

    /** Returns warnings about the tables of this reader, to be logged. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    /**
     * Opens the table of {@code data.path} or {@code data.table} without reading all rows. Its columns are known, but
     * its rows are not checked before {@link #check} or {@link #counted}.
     *
     * @param width number of features if the file does not contain this number (libsvm); 0: as found in the rows
     * @throws DataException if the table does not exist or does not have the expected format
     */
    public Dataset<Row> open(int width) {
        return data.table().isPresent()
                ? opened(rows(
                        new CatalogTable(() -> spark, "data.table", data.table().get())))
                : open("data.path", data.paths(), "data.labels", data.labels(), width);
    }

    /** Returns whether a traversal has met a row with fewer or more fields; see {@link #check}. */
    public static boolean isRagged(Throwable traversal) {
        return RaggedRows.ended(traversal);
    }

    /**
     * Returns the table that was opened last without the rows that have fewer or more fields than the header. The first
     * traversal of the table finds whether there are such rows. Only if there are some, they are {@link #counted}.
     *
     * @param small largest number of bytes of a table that is returned in its local form; see {@link SmallTable}
     * @param first does something with the rows, and returns whether it has read all of them. It is called again with
     *     the other rows if some have fewer or more fields. If it reads none, a later traversal of the returned table
     *     ends at such a row
     * @throws DataException if there are such rows and {@code data.invalid} is error
     */
    public Dataset<Row> check(long small, Predicate<Dataset<Row>> first) {
        Dataset<Row> watched = unchecked.map(RaggedRows::watched).orElse(opened);
        try {
            Dataset<Row> rows = SmallTable.of(watched, small);
            requireRows(rows);
            if (rows.isLocal()) {
                opened(rows);
            }
            return first.test(rows) || rows.isLocal() ? opened : watched;
        } catch (Exception e) { // includes Spark's undeclared checked exceptions
            if (!isRagged(e)) {
                throw e;
            }
        }
        opened(SmallTable.of(counted(), small));
        first.test(opened);
        return opened;
    }

    /** Returns the same table as {@link #check}, after a traversal that counts the rows with fewer or more fields. */
    public Dataset<Row> counted() {
        requireRows(opened);
        if (unchecked.isEmpty()) {
            return opened;
        }
        RaggedRows.Checked checked = unchecked.get().check(opened);
        skipped += checked.skipped();
        checked.warning().ifPresent(warnings::add);
        return checked.table();
    }

    private Dataset<Row> rows(CatalogTable table) {
        table.missing().ifPresent(sentence -> {
            throw new DataException(sentence);
        });
        try {
            return versions.rows(table);
        } catch (UsageException | DataException e) {
            throw e;
        } catch (Exception e) { // includes AnalysisException, which Scala does not declare
            table.failed(" cannot be read: ", e); // if the catalog may answer later
            throw ExitCodes.unreadable(table.shown() + " cannot be read", e);
        }
    }

    /** Reads and checks the table of {@code data.holdout.path}; see {@link #open(int)}. */
    public Dataset<Row> readHoldout(int width) {
        HoldoutSection holdout = data.holdout();
        open("data.holdout.path", holdout.paths(), "data.holdout.labels", holdout.labels(), width);
        return counted();
    }

    private Dataset<Row> opened(Dataset<Row> table) {
        opened = table;
        unchecked = Optional.empty();
        withoutTypes = null;
        return table;
    }

    /** Requires that a table from whose rows types are inferred has some. */
    private void requireRows(Dataset<Row> rows) {
        if (withoutTypes != null && rows.isEmpty()) {
            throw new DataException(withoutTypes + " has no rows, expected at least one after the header");
        }
        withoutTypes = null;
    }

    private Dataset<Row> open(String key, List<String> paths, String labelsKey, List<String> labels, int width) {
        SourceFiles.require(spark.sparkContext().hadoopConfiguration(), key, paths, data.format());
        return switch (data.format()) {
            case IDX -> {
                Configuration hadoop = spark.sparkContext().hadoopConfiguration();
                yield opened(IdxTable.read(
                        spark, IdxTable.files(key, paths, hadoop), IdxTable.files(labelsKey, labels, hadoop)));
            }
            case DELTA -> opened(rows(directory(key, paths.get(0))));
            case PARQUET, ORC, CSV, JSON, LIBSVM -> readTable(key, paths, width);
        };
    }

    private CatalogTable directory(String key, String path) {
        try {
            Path given = new Path(path);
            FileSystem files = FileSystems.of(given, spark.sparkContext().hadoopConfiguration());
            return CatalogTable.ofDirectory(
                    spark, key, files.makeQualified(given).toString(), path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Dataset<Row> readTable(String key, List<String> paths, int width) {
        DataFrameReader reader = reader();
        if (data.format() == DataFormat.LIBSVM && width > 0) {
            reader.option("numFeatures", width);
        }
        data.schema().ifPresent(reader::schema);
        String shown = key + " \"" + String.join("\", \"", paths) + "\"";
        Dataset<Row> table = load(reader, paths, shown);
        if (data.format() == DataFormat.CSV
                && hasUnnamed(table.schema())) { // a header with an empty name is no such name
            table = load(reader.schema(table.schema()).option("enforceSchema", true), paths, shown);
        }
        String header = String.join("", table.columns());
        // A control character, or what stands in place of bytes that are no UTF-8
        if (header.chars().anyMatch(c -> c == '\uFFFD' || Character.isISOControl(c) && !Character.isWhitespace(c))) {
            throw new DataException(
                    "%s has bytes in its header that are no text, expected one in UTF-8; set data.options.encoding, for example windows-1252, or data.format, or end the names of compressed files as usual, for example with .gz"
                            .formatted(shown));
        }
        if (data.format() == DataFormat.JSON && Arrays.equals(table.columns(), UNREADABLE)) {
            throw new DataException(shown
                    + " has no line with a JSON object, expected one object a line; convert"
                    + " an array of objects, for example with jq -c '.[]'");
        }
        opened(table);
        withoutTypes = data.format() == DataFormat.PARQUET || data.format() == DataFormat.ORC ? null : shown;
        if (data.format() == DataFormat.CSV) {
            unchecked = unchecked(table, paths, shown);
        }
        return opened;
    }

    /** Returns a reader of the files. The values of CSV files stay texts, so that score writes them as they were. */
    private DataFrameReader reader() {
        if (data.options(data.format()).keySet().stream().anyMatch(name -> name.matches("(?i)encoding|charset"))) {
            spark.conf().set("spark.sql.legacy.javaCharsets", true); // without it, Spark knows few of them
        }
        DataFrameReader reader = spark.read().format(data.format().toString());
        if (data.format() == DataFormat.CSV) {
            reader.option("maxColumns", TextFormat.MAX_COLUMNS)
                    .option("enforceSchema", false) // the names of a header must be those set
                    .option("ignoreLeadingWhiteSpace", true)
                    .option("ignoreTrailingWhiteSpace", true);
        }
        return reader.options(data.options(data.format()));
    }

    /** Returns the check of a CSV table; empty if it is not checked. */
    private Optional<RaggedRows> unchecked(Dataset<Row> table, List<String> paths, String shown) {
        StructType schema = table.schema();
        if (schema.isEmpty() || preview && table.rdd().getNumPartitions() > PREVIEWED) {
            return Optional.empty();
        }
        String text = SchemaColumns.unused(schema, "unreadable");
        DataFrameReader reader = reader().schema(schema.add(text, DataTypes.StringType))
                .option("columnPruning", false)
                .option("enforceSchema", hasUnnamed(schema))
                .option("columnNameOfCorruptRecord", text);
        String columns = data.schema().isPresent() ? "data.schema" : data.header() ? "the header" : "the first row";
        return Optional.of(new RaggedRows(shown, columns, data.invalid(), load(reader, paths, shown), text));
    }

    /** Returns whether Spark has named a column by its place, which no header has as a name. */
    private static boolean hasUnnamed(StructType schema) {
        String[] names = schema.fieldNames();
        return IntStream.range(0, names.length).anyMatch(i -> names[i].equals("_c" + i));
    }

    /** Returns the number of features that was found in a libsvm table; 0 for a table of another format. */
    public static int declaredWidth(StructType schema) {
        return Arrays.stream(schema.fields())
                .filter(field -> field.metadata().contains(LIBSVM_WIDTH))
                .mapToInt(field -> (int) field.metadata().getLong(LIBSVM_WIDTH))
                .findFirst()
                .orElse(0);
    }

    private Dataset<Row> load(DataFrameReader reader, List<String> paths, String shown) {
        try {
            return reader.load(paths.toArray(String[]::new));
        } catch (Exception e) { // includes AnalysisException, which Scala does not declare
            throw ExitCodes.unreadable(shown + " cannot be read as data.format = " + data.format(), e);
        }
    }
}
