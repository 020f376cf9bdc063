package io.github.sparklatent.cluster;

import io.github.sparklatent.learn.DataException;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.CRC32C;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * One file that holds the state of a training: a mark, the length, the content, its checksum.
 * Written beside and renamed, so that a reader never sees half of one.
 */
public final class CheckpointFile {
    private static final long MARK = 0x73706c61746e7431L;

    private final FileSystem files;
    private final Path path;

    /**
     * @param path on any file system that Hadoop knows
     * @throws DataException where there is no such file system
     */
    public CheckpointFile(Configuration hadoop, String path) {
        this.path = new Path(path);
        try {
            this.files = this.path.getFileSystem(hadoop);
        } catch (IOException e) {
            throw new DataException(
                    "checkpoint path \"" + path + "\" cannot be reached: " + e.getMessage(), e);
        }
    }

    /** Whether there is one. */
    public boolean exists() {
        try {
            return files.exists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces the content. */
    public void write(byte[] content) {
        Path staged = path.suffix(".writing");
        try {
            try (DataOutputStream out = files.create(staged, true)) {
                out.writeLong(MARK);
                out.writeInt(content.length);
                out.write(content);
                out.writeLong(checksum(content));
            }
            if (!files.rename(staged, path)) {
                files.delete(path, false);
                if (!files.rename(staged, path)) {
                    throw new IOException("cannot rename " + staged + " to " + path);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "checkpoint \"" + path + "\" cannot be written: " + e.getMessage(), e);
        }
    }

    /**
     * The content.
     *
     * @throws DataException where the file is damaged
     */
    public byte[] read() {
        byte[] all;
        try (FSDataInputStream in = files.open(path)) {
            all = in.readAllBytes();
        } catch (IOException e) {
            throw new DataException(
                    "checkpoint \"" + path + "\" cannot be read: " + e.getMessage(), e);
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(all))) {
            boolean marked = all.length >= 2 * Long.BYTES + Integer.BYTES && in.readLong() == MARK;
            int length = marked ? in.readInt() : -1;
            if (length != all.length - 2 * Long.BYTES - Integer.BYTES) {
                throw damaged("is not whole: it has " + all.length + " bytes");
            }
            byte[] content = in.readNBytes(length);
            if (in.readLong() != checksum(content)) {
                throw damaged("is damaged: its checksum is wrong");
            }
            return content;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private DataException damaged(String how) {
        return new DataException(
                "checkpoint \"" + path + "\" " + how + "; delete it to train from the beginning");
    }

    /** Deletes the file where there is one. */
    public void delete() {
        try {
            files.delete(path, false);
            files.delete(path.suffix(".writing"), false);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "checkpoint \"" + path + "\" cannot be deleted: " + e.getMessage(), e);
        }
    }

    private static long checksum(byte[] content) {
        CRC32C checksum = new CRC32C();
        checksum.update(content);
        return checksum.getValue();
    }
}
