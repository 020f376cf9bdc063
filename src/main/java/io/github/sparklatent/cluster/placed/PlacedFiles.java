package io.github.sparklatent.cluster.placed;

import io.github.sparklatent.cluster.storage.AtomicFiles;
import io.github.sparklatent.cluster.storage.FileSystems;
import io.github.sparklatent.cluster.table.Census;
import io.github.sparklatent.cluster.table.RowRecord;
import java.io.BufferedOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Placed rows in files, one per partition. */
public final class PlacedFiles {
    private static final Logger LOG = LoggerFactory.getLogger(PlacedFiles.class);

    private final JavaSparkContext context;
    private final Path directory;
    private final Path file;
    private final Manifest manifest;

    PlacedFiles(JavaSparkContext context, Path directory, Path file, Manifest manifest) {
        this.context = context;
        this.directory = directory;
        this.file = file;
        this.manifest = manifest;
    }

    public Census census() {
        return manifest.census();
    }

    public int size() {
        return manifest.parts().size();
    }

    /**
     * Returns the usable rows in their partitions and their order. A job on them fails with a
     * {@link DamagedRowsException} if a file is not the one that was written.
     */
    public JavaRDD<RowRecord> rows() {
        Broadcast<SerializableConfiguration> hadoop = configuration(context);
        List<PlacedPart> parts = manifest.parts();
        String from = directory.toString();
        List<Integer> indices = IntStream.range(0, parts.size()).boxed().toList();
        return context.parallelize(indices, parts.size())
                .mapPartitions(one -> open(hadoop, from, parts.get(one.next())));
    }

    private static Iterator<RowRecord> open(
            Broadcast<SerializableConfiguration> hadoop, String directory, PlacedPart part) throws IOException {
        Path path = new Path(directory, part.name);
        InputStream in = open(files(hadoop, path), path);
        TaskCompletionListener closing = task -> close(in);
        TaskContext.get().addTaskCompletionListener(closing);
        return new RowFileReader(in, path.toString(), part);
    }

    /** A file that has gone since the manifest was read counts as damaged. */
    private static InputStream open(FileSystem files, Path path) throws IOException {
        try {
            return files.open(path);
        } catch (FileNotFoundException e) {
            throw new DamagedRowsException(path.toString(), "the file is missing");
        }
    }

    private static void close(InputStream in) {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes each partition to a file whose name no other task has. */
    static List<PlacedPart> write(
            JavaSparkContext context, JavaRDD<RowRecord> placed, String directory, String writer, boolean keep) {
        Broadcast<SerializableConfiguration> hadoop = configuration(context);
        return placed.mapPartitionsWithIndex(
                        (i, rows) -> List.of(write(hadoop, directory, name(i, writer), rows, keep))
                                .iterator(),
                        true)
                .collect();
    }

    private static String name(int partition, String writer) {
        return "part-%05d-%s-%d".formatted(partition, writer, TaskContext.get().taskAttemptId());
    }

    private static PlacedPart write(
            Broadcast<SerializableConfiguration> hadoop,
            String directory,
            String name,
            Iterator<RowRecord> rows,
            boolean keep)
            throws IOException {
        Path path = new Path(directory, name);
        try (OutputStream out = new BufferedOutputStream(files(hadoop, path).create(path, false))) {
            return new RowFileWriter(out).write(name, rows, keep);
        }
    }

    private static FileSystem files(Broadcast<SerializableConfiguration> hadoop, Path path) throws IOException {
        return AtomicFiles.plain(FileSystems.of(path, hadoop.value().value()));
    }

    private static Broadcast<SerializableConfiguration> configuration(JavaSparkContext context) {
        return context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
    }

    /** Removes the manifest; without it the files are not used. */
    public void discard() {
        try {
            AtomicFiles.plain(FileSystems.of(file, context.hadoopConfiguration()))
                    .delete(file, false);
        } catch (IOException e) {
            LOG.warn("\"{}\" cannot be deleted: {}", file, e.getMessage());
        }
    }
}
