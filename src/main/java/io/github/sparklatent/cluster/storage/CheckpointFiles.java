package io.github.sparklatent.cluster.storage;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import org.apache.commons.io.input.BoundedInputStream;
import org.apache.hadoop.fs.Path;

/**
 * The checkpoints of one training, in files {@code ROUND.RUN}. A file is written once, and its name has the run that
 * writes it, so two runs never write the same file. The last 8 bytes are a checksum of all others: a file that is not
 * whole is not used.
 */
public final class CheckpointFiles {
    private static final Pattern NAME = Pattern.compile("([0-9]{8,})\\.(.+)");

    /** Checkpoints of a run that stay: the newest may be on a disk that fails. */
    private static final int KEPT = 2;

    /** Writes a content. */
    @FunctionalInterface
    public interface Content {
        /** Writes the content to a stream, which the caller closes. */
        void write(OutputStream out) throws IOException;
    }

    /** Reads a content. */
    @FunctionalInterface
    public interface Reader<T> {
        /** Reads a content of this number of bytes, whose checksum has been checked, after a number of rounds. */
        T read(long round, InputStream in, long length) throws IOException;
    }

    private final Store store;
    private final Path directory;
    private final String run;

    /**
     * Creates the access to the checkpoints of a training.
     *
     * @param run name of the run that writes, which no other run has
     */
    public CheckpointFiles(Store store, Path directory, String run) {
        this.store = store;
        this.directory = directory;
        this.run = run;
    }

    /** Writes a checkpoint, and deletes those of this run but the two newest. */
    public void write(long round, Content content) throws IOException {
        CRC32C checksum = new CRC32C();
        try (OutputStream out = store.create(new Path(directory, "%08d.%s".formatted(round, run)))) {
            CheckedOutputStream checked = new CheckedOutputStream(out, checksum);
            content.write(checked);
            checked.flush();
            out.write(
                    ByteBuffer.allocate(Long.BYTES).putLong(checksum.getValue()).array());
        }
        List<String> own =
                names().stream().filter(name -> name.endsWith("." + run)).toList();
        for (String old : own.subList(Math.min(KEPT, own.size()), own.size())) {
            store.delete(new Path(directory, old));
        }
    }

    /** Returns the names of all checkpoints, those of later rounds first. */
    private List<String> names() throws IOException {
        return store.list(directory).stream()
                .filter(name -> NAME.matcher(name).matches())
                .sorted(Comparator.comparingLong(CheckpointFiles::round)
                        .reversed()
                        .thenComparing(name -> name))
                .toList();
    }

    private static long round(String name) {
        Matcher parts = NAME.matcher(name);
        return parts.matches() ? Long.parseLong(parts.group(1)) : -1;
    }

    /** Returns the content of the newest whole checkpoint of any run; empty if there is none. */
    public <T> Optional<T> newest(Reader<T> reader) throws IOException {
        for (String name : names()) {
            Path file = new Path(directory, name);
            long length = wholeLength(file);
            Optional<InputStream> opened = length < 0 ? Optional.empty() : store.open(file);
            if (opened.isPresent()) { // else its run has deleted it
                try (InputStream in = BoundedInputStream.builder()
                        .setInputStream(new BufferedInputStream(opened.get()))
                        .setMaxCount(length)
                        .get()) {
                    return Optional.of(reader.read(round(name), in, length));
                }
            }
        }
        return Optional.empty();
    }

    /** Returns the number of bytes of the content of a file; −1 if it is not whole, or gone. */
    private long wholeLength(Path file) throws IOException {
        Optional<InputStream> opened = store.open(file);
        if (opened.isEmpty()) {
            return -1;
        }
        byte[] buffer = new byte[1 << 16];
        CRC32C checksum = new CRC32C();
        long length = 0;
        int held = 0; // bytes at the beginning of the buffer that may be the checksum
        try (InputStream in = opened.get()) {
            for (int read = in.read(buffer, held, buffer.length - held);
                    read >= 0;
                    read = in.read(buffer, held, buffer.length - held)) {
                int there = held + read;
                held = Math.min(Long.BYTES, there);
                checksum.update(buffer, 0, there - held);
                length += there - held;
                System.arraycopy(buffer, there - held, buffer, 0, held);
            }
        }
        return held == Long.BYTES && ByteBuffer.wrap(buffer, 0, held).getLong() == checksum.getValue() ? length : -1;
    }

    /** Returns the directory in quotation marks. */
    @Override
    public String toString() {
        return "\"" + directory + "\"";
    }

    /** Deletes the checkpoints of this run. Those of others may be in use; the place collects them. */
    public void delete() throws IOException {
        for (String name : names()) {
            if (name.endsWith("." + run)) {
                store.delete(new Path(directory, name));
            }
        }
    }
}
