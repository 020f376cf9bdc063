package io.github.sparklatent.app;

import io.github.sparklatent.app.config.DataFormat;
import io.github.sparklatent.app.config.DataSection;
import io.github.sparklatent.learn.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Reads tables in the formats that the configuration may name. */
final class TableReader {
    /** Where Spark's libsvm reader notes the width. */
    private static final String LIBSVM_WIDTH = "numFeatures";

    private final SparkSession spark;
    private final DataSection data;

    TableReader(SparkSession spark, DataSection data) {
        this.spark = spark;
        this.data = data;
    }

    /** The table of {@code data.path}. */
    Dataset<Row> read() {
        return read("data.path", data.paths(), 0);
    }

    /**
     * A table.
     *
     * @param key that names it in the configuration
     * @param paths of its files or directories; patterns as Hadoop has them
     * @param width numbers of a row where the file does not tell (libsvm); 0: as the rows have them
     * @throws DataException where it does not exist or cannot be read as what it should be
     */
    Dataset<Row> read(String key, List<String> paths, int width) {
        paths.forEach(path -> requireExisting(key, path));
        DataFrameReader reader = spark.read().format(data.format().toString());
        if (data.format() == DataFormat.CSV) {
            // Types follow from all values of a column, so the same file always gives the same
            // ones.
            reader.option("header", data.header())
                    .option("sep", data.separator())
                    .option("inferSchema", true)
                    .option("ignoreLeadingWhiteSpace", true)
                    .option("ignoreTrailingWhiteSpace", true);
        }
        if (data.format() == DataFormat.LIBSVM && width > 0) {
            reader.option("numFeatures", width);
        }
        String shown = key + " \"" + String.join("\", \"", paths) + "\"";
        Dataset<Row> table = load(reader, paths, shown);
        boolean isText = data.format() != DataFormat.PARQUET && data.format() != DataFormat.ORC;
        if (isText && table.isEmpty()) {
            throw new DataException(shown + " has no rows"); // and so no types: a plainer sentence
        }
        return table;
    }

    /** The width that a libsvm table was found to have; 0 for a table of another format. */
    static int declaredWidth(StructType schema) {
        return Arrays.stream(schema.fields())
                .filter(field -> field.metadata().contains(LIBSVM_WIDTH))
                .mapToInt(field -> (int) field.metadata().getLong(LIBSVM_WIDTH))
                .findFirst()
                .orElse(0);
    }

    private Dataset<Row> load(DataFrameReader reader, List<String> paths, String shown) {
        try {
            return reader.load(paths.toArray(String[]::new));
        } catch (Exception e) { // AnalysisException too, which Scala does not declare
            throw new DataException(
                    shown + " cannot be read as " + data.format() + ": " + ExitCodes.reason(e), e);
        }
    }

    private void requireExisting(String key, String path) {
        String shown = key + " \"" + path + "\"";
        try {
            Path pattern = new Path(path);
            FileSystem files = pattern.getFileSystem(spark.sparkContext().hadoopConfiguration());
            FileStatus[] found = files.globStatus(pattern);
            if (found == null || found.length == 0) {
                throw new DataException(shown + " does not exist");
            }
            for (FileStatus status : found) {
                requireFormat(files, status, shown);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new DataException(
                    shown + " cannot be reached: " + ExitCodes.firstLine(e.getMessage()), e);
        }
    }

    /** Parquet and ORC files begin with a mark; a look at it saves a failing Spark job. */
    private void requireFormat(FileSystem files, FileStatus status, String shown)
            throws IOException {
        String mark =
                switch (data.format()) {
                    case PARQUET -> "PAR";
                    case ORC -> "ORC";
                    case CSV, JSON, LIBSVM -> "";
                };
        if (mark.isEmpty() || !status.isFile()) {
            return;
        }
        try (InputStream in = files.open(status.getPath())) {
            String found = new String(in.readNBytes(mark.length()), StandardCharsets.ISO_8859_1);
            if (!found.equals(mark)) {
                throw new DataException(
                        "%s cannot be read as %s: the file %s is none"
                                .formatted(shown, data.format(), status.getPath().getName()));
            }
        }
    }
}
