package io.github.sparklatent.cluster.placed;

import io.github.sparklatent.cluster.storage.AtomicFiles;
import io.github.sparklatent.cluster.storage.UniqueName;
import io.github.sparklatent.cluster.table.Census;
import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.cluster.table.Placement;
import io.github.sparklatent.cluster.table.RowRecord;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.columns.Invalid;
import io.github.sparklatent.learn.DataException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory with the placed rows of one table: {@code DIRECTORY/IDENTITY/PARTITIONS}. It can be used once its
 * manifest exists, which is written last and only if it is absent. So a run that was stopped leaves nothing that could
 * be taken for a whole directory, and of two runs that write the same rows one wins and the other uses its files.
 */
public final class PlacedDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(PlacedDirectory.class);
    private static final String MANIFEST = "manifest";
    private static final int NAME_BYTES = 16;
    private static final int MAX_DEPTH = 32;

    /** A manifest of a million files has less. */
    private static final int MOST_BYTES = 1 << 28;

    private final JavaSparkContext context;
    private final Path path;
    private final String identity;
    private final boolean keep;

    private PlacedDirectory(JavaSparkContext context, Path path, String identity, boolean keep) {
        this.context = context;
        this.path = path;
        this.identity = identity;
        this.keep = keep;
    }

    /** Returns the directory of a table; empty if its placed rows are not kept. */
    public static Optional<PlacedDirectory> of(JavaSparkContext context, FeatureColumns columns, TableOptions options) {
        if (options.placed() == null || options.placement() == Placement.ASIS) {
            return Optional.empty();
        }
        String identity = Map.of(
                        "format", RowFile.FORMAT,
                        "source", options.placed().source(),
                        "columns", columns.identity(),
                        "weight", String.valueOf(options.weight()),
                        "id", String.valueOf(options.id()),
                        "invalid", options.invalid() + (options.unread() > 0 ? " without " + options.unread() : ""),
                        "holdout", options.holdoutFraction(),
                        "seed", options.holdoutFraction() > 0 ? options.seed() : 0)
                .entrySet()
                .stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .sorted()
                .collect(Collectors.joining("\n"));
        return Optional.of(new PlacedDirectory(
                context,
                new Path(options.placed().directory(), name(identity)),
                identity,
                options.invalid() == Invalid.KEEP));
    }

    private static String name(String identity) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, NAME_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * Returns the rows that an earlier run has placed. A directory that is damaged or cannot be read is not used, with
     * a warning.
     *
     * @param partitions returns the number of partitions of a table that has been counted
     */
    public Optional<PlacedFiles> find(ToIntFunction<Census> partitions) {
        try {
            AtomicFiles files = new AtomicFiles(context.hadoopConfiguration(), path);
            for (FileStatus status : list(files.files(), path)) {
                Optional<PlacedFiles> found = read(files.files(), status.getPath());
                if (found.isPresent()
                        && partitions.applyAsInt(found.get().census())
                                == found.get().size()) {
                    LOG.info("the placed rows in \"{}\" are used", status.getPath());
                    return found;
                }
            }
        } catch (IOException e) {
            LOG.warn("the placed rows in \"{}\" cannot be read: {}", path, e.getMessage());
        }
        return Optional.empty();
    }

    private static FileStatus[] list(FileSystem files, Path directory) throws IOException {
        try {
            FileStatus[] found = files.listStatus(directory);
            Arrays.sort(found);
            return found;
        } catch (FileNotFoundException e) {
            return new FileStatus[0];
        }
    }

    /** Returns the rows in a directory if they are complete and of this table. */
    private Optional<PlacedFiles> read(FileSystem files, Path directory) throws IOException {
        Path file = new Path(directory, MANIFEST);
        byte[] bytes;
        try (FSDataInputStream in = files.open(file)) {
            bytes = in.readNBytes(MOST_BYTES);
        } catch (FileNotFoundException e) { // a run is writing there, or was stopped
            return Optional.empty();
        }
        try {
            Manifest manifest = Manifest.of(bytes);
            if (!manifest.identity().equals(identity)) {
                throw new DataException("it belongs to another table");
            }
            requireFiles(list(files, directory), manifest.parts());
            return Optional.of(new PlacedFiles(context, directory, file, manifest));
        } catch (DataException e) {
            LOG.warn("the placed rows in \"{}\" are damaged: {}; the rows are placed again", directory, e.getMessage());
            files.delete(file, false);
            return Optional.empty();
        }
    }

    private static void requireFiles(FileStatus[] found, List<PlacedPart> parts) {
        Map<String, Long> lengths = Arrays.stream(found)
                .collect(Collectors.toMap(status -> status.getPath().getName(), FileStatus::getLen));
        for (PlacedPart part : parts) {
            Long length = lengths.get(part.name);
            if (length == null || length != part.length) {
                throw new DataException("the file %s %s, expected %d bytes"
                        .formatted(
                                part.name,
                                length == null ? "is missing" : "has %d bytes".formatted(length),
                                part.length));
            }
        }
    }

    /**
     * Writes placed rows and returns them as files. If another run has written them meanwhile, its files are returned.
     * The rows are computed again if they cannot be written.
     *
     * @param census counts of the table
     * @return the files; empty if they could not be written, after a warning
     * @throws DataException if the rows are not those that were counted
     */
    public Optional<PlacedFiles> write(JavaRDD<RowRecord> placed, Census census) {
        Path directory = new Path(path, String.valueOf(placed.getNumPartitions()));
        String writer = UniqueName.next();
        try {
            AtomicFiles files = new AtomicFiles(context.hadoopConfiguration(), path);
            List<PlacedPart> parts = PlacedFiles.write(context, placed, directory.toString(), writer, keep);
            requireCounted(census, parts);
            Manifest manifest = new Manifest(identity, census, parts);
            Path file = new Path(directory, MANIFEST);
            boolean won = files.createIfAbsent(file, manifest.bytes());
            removeOthers(files.files(), directory, writer, won ? parts : List.of());
            return won
                    ? Optional.of(new PlacedFiles(context, directory, file, manifest))
                    : read(files.files(), directory).filter(other -> other.census().fingerprint == census.fingerprint);
        } catch (DataException e) {
            throw e;
        } catch (IOException | FSError e) { // the latter of a full local disk
            return withoutFiles(directory, writer, e);
        } catch (Exception e) { // includes SparkException, which Scala does not declare
            if (isOfFiles(e)) {
                return withoutFiles(directory, writer, e);
            }
            removeQuietly(directory, writer);
            throw e; // the job was cancelled, or the rows could not be read
        }
    }

    private Optional<PlacedFiles> withoutFiles(Path directory, String writer, Throwable e) {
        removeQuietly(directory, writer);
        LOG.warn(
                "the placed rows cannot be written to \"{}\": {}; the training continues without" + " them",
                directory,
                reason(e));
        return Optional.empty();
    }

    private static void requireCounted(Census census, List<PlacedPart> parts) {
        long rows = parts.stream().mapToLong(part -> part.rows).sum();
        long fingerprint = parts.stream().mapToLong(part -> part.fingerprint).sum();
        Census.requireSame(
                census.train + census.holdout, census.trainFingerprint + census.holdoutFingerprint, rows, fingerprint);
    }

    /** Removes the files of this run that the manifest does not name. */
    private static void removeOthers(FileSystem files, Path directory, String writer, List<PlacedPart> parts)
            throws IOException {
        List<String> named = parts.stream().map(part -> part.name).toList();
        for (FileStatus status : list(files, directory)) {
            String name = status.getPath().getName();
            if (name.contains(writer) && !named.contains(name)) {
                files.delete(status.getPath(), false);
            }
        }
    }

    private void removeQuietly(Path directory, String writer) {
        try {
            AtomicFiles files = new AtomicFiles(context.hadoopConfiguration(), path);
            removeOthers(files.files(), directory, writer, List.of());
        } catch (IOException e) {
            LOG.debug("files in {} stay", directory, e);
        }
    }

    /** Returns whether a file system has failed, on the driver or in the message of a task. */
    private static boolean isOfFiles(Throwable error) {
        Throwable cause = error;
        for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
            if (cause instanceof IOException || cause instanceof FSError) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static String reason(Throwable error) {
        Throwable cause = error;
        for (int depth = 0; cause.getCause() != null && depth < MAX_DEPTH; depth++) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }
}
