package io.github.sparklatent.cluster.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.fs.Path;

/**
 * The steps that results, registries and checkpoints need of a file system. Only {@link #putIfAbsent} is a decision
 * between processes; all other steps are about names that one process owns, or about what nobody changes.
 */
public interface Store {
    /**
     * Creates a file with all of its content, if there is none. Nobody sees a part of it, and it is durable when this
     * returns.
     *
     * @param content content that no other writer has. A request that is repeated after a lost answer may meet its own
     *     file, which is recognised by the content.
     * @return whether this call has created the file
     */
    boolean putIfAbsent(Path file, byte[] content) throws IOException;

    /** Creates or replaces a file that only this process writes. */
    OutputStream create(Path file) throws IOException;

    /** Opens a file; empty if there is none. */
    Optional<InputStream> open(Path file) throws IOException;

    /** Returns the names in a directory, those of directories with a slash at the end; none if it does not exist. */
    List<String> list(Path directory) throws IOException;

    /** Deletes a file, or a directory with all that is in it, if it exists. */
    void delete(Path path) throws IOException;

    /** Gives a file another name, which no file has. */
    void move(Path from, Path to) throws IOException;

    /** Makes a directory with all that is in it durable. */
    void force(Path directory) throws IOException;

    /** Creates or replaces a file that only this process writes. */
    default void put(Path file, byte[] content) throws IOException {
        try (OutputStream out = create(file)) {
            out.write(content);
        }
    }

    /** Returns the content of a file; empty if there is none. */
    default Optional<byte[]> get(Path file) throws IOException {
        Optional<InputStream> opened = open(file);
        if (opened.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = opened.get()) {
            return Optional.of(in.readAllBytes());
        }
    }

    /** Returns the SHA-256 of a file in hexadecimal. */
    default String sha256(Path file) throws IOException {
        try (InputStream in = open(file).orElseThrow(() -> new FileNotFoundException(file + " is gone"))) {
            return DigestUtils.sha256Hex(in);
        }
    }

    /** Returns the paths of all files in a directory, at any depth and relative to it, without hidden ones. */
    default SortedSet<String> files(Path directory) throws IOException {
        SortedSet<String> files = new TreeSet<>();
        for (String name : list(directory)) {
            if (!name.startsWith(".")) {
                if (name.endsWith("/")) {
                    files(new Path(directory, name.substring(0, name.length() - 1)))
                            .forEach(file -> files.add(name + file));
                } else {
                    files.add(name);
                }
            }
        }
        return files;
    }
}
