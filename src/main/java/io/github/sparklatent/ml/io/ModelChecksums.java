package io.github.sparklatent.ml.io;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.scoring.SavedContent;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The SHA-256 checksums of the files of a saved model, in a file {@code _CHECKSUMS} beside them. A changed digit in a
 * file of JSON is still valid JSON, so only a checksum finds it. The lines are those of {@code sha256sum}, which can
 * check them, too.
 *
 * <p>The checksums find damage, not malice: whoever can write the model can write the checksums.
 */
public final class ModelChecksums {
    /** Name of the file in the directory of a model. Spark ignores names that begin so. */
    public static final String NAME = SavedContent.CHECKSUMS;

    private static final int BUFFER = 1 << 16;

    /** Maximum length of the file; a pipeline has some twenty files. */
    private static final int MAX_BYTES = 1 << 20;

    private ModelChecksums() {}

    /**
     * Writes the checksums of all files of a model.
     *
     * @param files file system without checksum files
     */
    public static void write(FileSystem files, Path model) throws IOException {
        try (OutputStream out = files.create(new Path(model, NAME), true)) {
            out.write(text(files, model).getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * Checks the files of a model, if it has checksums. A model that Spark itself saved has none.
     *
     * @param files file system without checksum files
     * @throws DataException if a file is missing, was changed or was added
     */
    public static void require(FileSystem files, Path model) throws IOException {
        String written;
        try (InputStream in = files.open(new Path(model, NAME))) {
            written = new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
        } catch (FileNotFoundException e) {
            return;
        }
        String found = text(files, model);
        if (!found.equals(written)) {
            throw new DataException("the model at \"%s\" is damaged: %s; restore it from a backup, or train it again"
                    .formatted(model, firstDifference(lines(written), lines(found))));
        }
    }

    private static String firstDifference(SortedMap<String, String> written, SortedMap<String, String> found) {
        SortedSet<String> names = new TreeSet<>(written.keySet());
        names.addAll(found.keySet());
        return names.stream()
                .filter(name -> !Objects.equals(written.get(name), found.get(name)))
                .findFirst()
                .map(name -> "its file \"%s\" %s %s"
                        .formatted(
                                name,
                                !found.containsKey(name)
                                        ? "is missing; it is listed in"
                                        : !written.containsKey(name)
                                                ? "is not listed in"
                                                : "does not have the checksum in",
                                NAME))
                .orElse("the lines of %s have another order".formatted(NAME));
    }

    /** Returns the lines by the names of their files. A damaged line names the whole file. */
    private static SortedMap<String, String> lines(String text) {
        SortedMap<String, String> lines = new TreeMap<>();
        text.lines().forEach(line -> {
            int gap = line.indexOf("  ");
            lines.put(gap < 0 ? NAME : line.substring(gap + 2), line);
        });
        return lines;
    }

    private static String text(FileSystem files, Path model) throws IOException {
        SortedMap<String, String> checksums = new TreeMap<>();
        add(files, model, "", checksums);
        StringBuilder text = new StringBuilder();
        checksums.forEach(
                (name, sum) -> text.append(sum).append("  ").append(name).append('\n'));
        return text.toString();
    }

    private static void add(FileSystem files, Path directory, String prefix, SortedMap<String, String> checksums)
            throws IOException {
        for (FileStatus status : files.listStatus(directory)) {
            String name = status.getPath().getName();
            if (status.isDirectory()) {
                add(files, status.getPath(), prefix + name + "/", checksums);
            } else if (!name.startsWith(".") && !name.equals(NAME)) {
                checksums.put(prefix + name, checksum(files, status.getPath()));
            }
        }
    }

    private static String checksum(FileSystem files, Path file) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = files.open(file)) {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                digest.update(buffer, 0, length);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
