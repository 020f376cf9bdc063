package io.github.sparklatent.ml.io;

import io.github.sparklatent.cluster.storage.Store;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.scoring.SavedContent;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;
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

    /** Bytes of a file that is not kept in memory. */
    private static final int LARGE = 1 << 24;

    private ModelChecksums() {}

    /**
     * Writes the checksums of all files of a model.
     *
     * @param store store of the model
     */
    public static void write(Store store, Path model) throws IOException {
        store.put(new Path(model, NAME), lines(store, model, NAME).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Checks the files of a model, if it has checksums. A model that Spark itself saved has none.
     *
     * @param store store of the model
     * @return the bytes of the files that were checked, but for large ones, so that they need not be read again
     * @throws DataException if a file is missing, was changed or was added
     */
    public static Map<Path, byte[]> require(Store store, Path model) throws IOException {
        Map<Path, byte[]> read = new HashMap<>();
        Optional<byte[]> content = store.get(new Path(model, NAME));
        if (content.isPresent()) {
            String written = new String(content.get(), StandardCharsets.UTF_8);
            requireSame("model", model, NAME, written, lines(store, model, NAME, read));
        }
        return read;
    }

    /**
     * Requires that the files of a directory are those of a list.
     *
     * @param what word for the directory
     * @param list name of the file of the list
     * @throws DataException if one is missing, was changed or was added
     */
    public static void requireSame(String what, Path directory, String list, String listed, String there) {
        if (!there.equals(listed)) {
            throw new DataException("the %s at \"%s\" is damaged: %s; restore it from a backup, or train it again"
                    .formatted(what, directory, firstDifference(list, lines(listed), lines(there))));
        }
    }

    private static String firstDifference(
            String list, SortedMap<String, String> written, SortedMap<String, String> found) {
        return Stream.concat(written.keySet().stream(), found.keySet().stream()) // what was added counts least
                .filter(name -> !Objects.equals(written.get(name), found.get(name)))
                .findFirst()
                .map(name -> (!found.containsKey(name)
                                ? "its file \"%s\" is missing; it is listed in %s"
                                : !written.containsKey(name)
                                        ? "its file \"%s\" is not listed in %s"
                                        : "its file \"%s\" does not have the checksum in %s")
                        .formatted(name, list))
                .orElse("the lines of %s have another order".formatted(list));
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

    /** Returns the lines of all files of a directory but the list itself. */
    public static String lines(Store store, Path directory, String list) throws IOException {
        return lines(store, directory, list, null);
    }

    private static String lines(Store store, Path directory, String list, Map<Path, byte[]> read) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String name : store.files(directory)) {
            if (!name.equals(list)) {
                Path file = new Path(directory, name);
                text.append(read == null ? store.sha256(file) : digest(store, file, read))
                        .append("  ")
                        .append(name)
                        .append('\n');
            }
        }
        return text.toString();
    }

    private static String digest(Store store, Path file, Map<Path, byte[]> read) throws IOException {
        try (InputStream in = store.open(file).orElseThrow(() -> new FileNotFoundException(file + " is gone"))) {
            byte[] start = in.readNBytes(LARGE);
            if (start.length < LARGE) {
                read.put(file, start);
            }
            MessageDigest digest = DigestUtils.updateDigest(DigestUtils.getSha256Digest(), start);
            return Hex.encodeHexString(DigestUtils.updateDigest(digest, in).digest());
        }
    }
}
