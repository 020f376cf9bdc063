package io.github.sparklatent.app.recognition;

import io.github.sparklatent.cluster.storage.FileSystems;
import io.github.sparklatent.cluster.table.NearestName;
import io.github.sparklatent.config.DataFormat;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.learn.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/**
 * The files of a table.
 *
 * @param format format of all of them
 * @param paths paths in alphabetical order, at most {@link #MAX_FILES}
 */
record TableFiles(Configuration hadoop, DataFormat format, List<Path> paths) {
    /** Most files of a directory that are looked at. */
    private static final int MAX_FILES = 1_000;

    /** Most names that a message has. */
    private static final int SHOWN = 8;

    private static final int MARK = 4;

    private static final Map<String, DataFormat> EXTENSIONS = Map.ofEntries(
            Map.entry("csv", DataFormat.CSV),
            Map.entry("tsv", DataFormat.CSV),
            Map.entry("txt", DataFormat.CSV),
            Map.entry("parquet", DataFormat.PARQUET),
            Map.entry("orc", DataFormat.ORC),
            Map.entry("json", DataFormat.JSON),
            Map.entry("jsonl", DataFormat.JSON),
            Map.entry("ndjson", DataFormat.JSON),
            Map.entry("svm", DataFormat.LIBSVM),
            Map.entry("libsvm", DataFormat.LIBSVM),
            Map.entry("idx", DataFormat.IDX));

    private static final List<String> COMPRESSIONS = List.of("gz", "bz2", "zst", "snappy", "lz4", "deflate");

    private static final String EXPECTED =
            ".csv, .tsv, .txt, .parquet, .orc, .json, .jsonl, .svm, .libsvm or .idx; export the table as one of these, or name its format, for example --set data.format=csv";

    /** Returns whether the last part of a path ends like a file of a table. */
    static boolean isFileName(String name) {
        return byName(name).isPresent();
    }

    /** Returns a name without the extensions of its format and of its compression. */
    static String stem(String name) {
        String plain = uncompressed(name);
        return EXTENSIONS.containsKey(extension(plain)) || plain.endsWith("-ubyte")
                ? plain.replaceFirst("\\.[^.]*$", "")
                : plain;
    }

    /** Returns whether something exists at a path or pattern. */
    static boolean exist(Configuration hadoop, Path pattern) {
        try {
            FileStatus[] found = FileSystems.of(pattern, hadoop).globStatus(pattern);
            return found != null && found.length > 0;
        } catch (IOException e) {
            throw unreadable(pattern, e);
        }
    }

    /**
     * Finds the files.
     *
     * @param pattern a file, a directory, or a pattern of these
     * @param given the format, if it is known
     * @throws DataException if there is none, or if they have different formats
     * @throws UsageException if the format of a file is not known
     */
    static TableFiles of(Configuration hadoop, Path pattern, Optional<DataFormat> given) {
        try {
            FileSystem files = FileSystems.of(pattern, hadoop);
            FileStatus[] found = files.globStatus(pattern);
            if (found == null || found.length == 0) {
                throw missing(files, pattern);
            }
            List<Path> paths = new ArrayList<>();
            if (given.isEmpty() && found.length == 1 && RecognisedTable.isDelta(files, found[0])) {
                return new TableFiles(hadoop, DataFormat.DELTA, List.of(found[0].getPath()));
            }
            for (FileStatus status : found) {
                collect(files, status, paths);
            }
            if (paths.isEmpty()) {
                throw new DataException("\"%s\" has no files".formatted(pattern));
            }
            DataFormat format = given.isPresent() ? given.get() : common(files, pattern, List.copyOf(paths));
            return new TableFiles(hadoop, format, List.copyOf(paths));
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable(pattern, e);
        }
    }

    /** Adds the files of a directory, at any depth; those of Spark's and hidden ones are none. */
    private static void collect(FileSystem files, FileStatus status, Collection<Path> paths) throws IOException {
        if (status.isFile()) {
            paths.add(status.getPath());
            return;
        }
        FileStatus[] children = files.listStatus(status.getPath());
        Arrays.sort(children);
        for (FileStatus child : children) {
            String name = child.getPath().getName();
            boolean hidden = name.startsWith(".") || name.startsWith("_") && !name.contains("=");
            if (!hidden && paths.size() < MAX_FILES) {
                collect(files, child, paths);
            }
        }
    }

    private static DataFormat common(FileSystem files, Path pattern, List<Path> paths) throws IOException {
        Map<DataFormat, List<Path>> byFormat = new TreeMap<>();
        for (Path path : paths) {
            Optional<DataFormat> format = byName(path.getName());
            byFormat.computeIfAbsent(format.isPresent() ? format.get() : byContent(files, path), f -> new ArrayList<>())
                    .add(path);
        }
        if (byFormat.size() > 1) {
            throw new DataException(
                    "\"%s\" has files of different formats, %s; expected one format: name the files of one, for example \"%s\""
                            .formatted(
                                    pattern,
                                    byFormat.entrySet().stream()
                                            .map(e -> "%d %s (%s)"
                                                    .formatted(
                                                            e.getValue().size(),
                                                            e.getKey(),
                                                            e.getValue().get(0).getName()))
                                            .collect(Collectors.joining(", ")),
                                    new Path(
                                            pattern,
                                            "*." + extension(paths.get(0).getName()))));
        }
        return byFormat.keySet().iterator().next();
    }

    /** Returns the format that a name shows. */
    static Optional<DataFormat> byName(String name) {
        String plain = uncompressed(name);
        return plain.endsWith("-ubyte")
                ? Optional.of(DataFormat.IDX)
                : Optional.ofNullable(EXTENSIONS.get(extension(plain)));
    }

    private static String uncompressed(String name) {
        return COMPRESSIONS.contains(extension(name)) ? name.substring(0, name.lastIndexOf('.')) : name;
    }

    private static String extension(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private static DataFormat byContent(FileSystem files, Path path) throws IOException {
        byte[] mark;
        try (InputStream in = files.open(path)) {
            mark = in.readNBytes(MARK);
        }
        String text = new String(mark, StandardCharsets.ISO_8859_1);
        if (text.equals("PAR1")) {
            return DataFormat.PARQUET;
        }
        if (text.startsWith("ORC")) {
            return DataFormat.ORC;
        }
        if (mark.length == MARK && mark[0] == 0 && mark[1] == 0 && mark[2] == 8) {
            return DataFormat.IDX;
        }
        throw new UsageException("the format of \"%s\" is not known, expected a file whose name ends in %s"
                .formatted(path.getName(), EXPECTED));
    }

    /** Returns whether a file beside a missing one has nearly its name. */
    static boolean hasNear(Configuration hadoop, Path missing) {
        try {
            FileSystem files = FileSystems.of(missing, hadoop);
            Path parent = folder(missing);
            return files.exists(parent)
                    && Stream.of(files.listStatus(parent)).anyMatch(s -> isNear(missing, s.getPath()));
        } catch (IOException e) {
            throw unreadable(missing, e);
        }
    }

    private static boolean isNear(Path missing, Path there) {
        return NearestName.isNear(missing.getName(), there.getName());
    }

    private static Path folder(Path path) {
        return path.getParent() == null ? new Path(".") : path.getParent();
    }

    private static DataException missing(FileSystem files, Path pattern) throws IOException {
        Path parent = folder(pattern);
        if (!files.exists(parent)) {
            return new DataException(
                    "\"%s\" does not exist, expected a table: there is no folder \"%s\"".formatted(pattern, parent));
        }
        List<String> names = Stream.of(files.listStatus(parent))
                .map(status -> status.getPath().getName())
                .sorted()
                .toList();
        String hint = NearestName.hint(pattern.getName(), names);
        List<String> tables = names.stream().filter(TableFiles::isFileName).toList();
        String others = tables.isEmpty()
                ? ""
                : "; the tables there are %s%s"
                        .formatted(
                                tables.stream().limit(SHOWN).collect(Collectors.joining(", ")),
                                tables.size() > SHOWN ? ", ..." : "");
        return new DataException(
                "\"%s\" does not exist, expected a table%s".formatted(pattern, hint.isEmpty() ? others : hint));
    }

    private static DataException unreadable(Path path, Exception e) {
        return new DataException(
                "\"%s\" cannot be read: %s; expected a whole file that this user may read"
                        .formatted(path, e.getMessage()),
                e);
    }

    /**
     * Returns the beginning of the first file that is not empty, uncompressed.
     *
     * @param length greatest number of bytes
     */
    byte[] beginning(int length) {
        byte[] bytes = {};
        for (Path path : paths) {
            CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodec(path);
            try (InputStream in = FileSystems.of(path, hadoop).open(path);
                    InputStream plain = codec == null ? in : codec.createInputStream(in)) {
                bytes = plain.readNBytes(length);
            } catch (IOException | RuntimeException e) { // a codec without its library
                throw unreadable(path, e);
            }
            if (bytes.length > 0) {
                break;
            }
        }
        return bytes;
    }
}
