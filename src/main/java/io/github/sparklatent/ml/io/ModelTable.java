package io.github.sparklatent.ml.io;

import io.github.sparklatent.learn.DataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * A small table beside a model's metadata, in one Parquet file. If Spark saves to the driver's disk, which workers may
 * be unable to read, it is a file of JSON lines instead.
 */
public final class ModelTable {
    private static final String LINES = "part-00000.json";

    private ModelTable() {}

    /** Writes a table to a directory. */
    public static void write(Dataset<Row> table, String path) {
        if (!ModelDirectory.isLocal()) {
            table.coalesce(1).write().parquet(path);
            return;
        }
        try {
            Path directory = Files.createDirectories(Path.of(path));
            Files.write(directory.resolve(LINES), table.toJSON().collectAsList());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + path, e);
        }
    }

    /**
     * Reads a table of a model. Models are saved with dense vectors. A sparse one could name a size that fills the
     * memory, in a file of a few bytes.
     *
     * @throws DataException if the table is missing or damaged
     */
    public static List<Row> read(ModelDirectory directory, String name, StructType schema) {
        List<Row> rows = orSentence(
                directory, name, () -> dataset(directory, name, schema).collectAsList());
        for (Row row : rows) {
            for (String column : schema.fieldNames()) {
                if (row.getAs(column) instanceof SparseVector sparse) {
                    throw new DataException(
                            "the model at %s is damaged: column \"%s\" of its table %s is a sparse vector of %d numbers, expected a dense one"
                                    .formatted(directory.path(), column, name, sparse.size()));
                }
            }
        }
        return rows;
    }

    /**
     * Returns a table of a model without reading it.
     *
     * @throws DataException if the table is missing or truncated
     */
    public static Dataset<Row> dataset(ModelDirectory directory, String name, StructType schema) {
        String path = directory.requireTable(name);
        return orSentence(directory, name, () -> {
            if (!ModelDirectory.isLocal()) {
                return directory.spark().read().schema(schema).parquet(path);
            }
            List<String> lines = Files.readAllLines(Path.of(path).resolve(LINES));
            Dataset<String> json = directory.spark().createDataset(lines, Encoders.STRING());
            return directory.spark().read().schema(schema).json(json);
        });
    }

    /** Reads a table; turns any exception into a {@link DataException} with a sentence. */
    public static <T> T orSentence(ModelDirectory directory, String name, Callable<T> reading) {
        return ModelDirectory.orSentence("read", directory.path() + "/" + name, reading);
    }
}
