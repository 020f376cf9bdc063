package io.github.sparklatent.ml.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

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
}
