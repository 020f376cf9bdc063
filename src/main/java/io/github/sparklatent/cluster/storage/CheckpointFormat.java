package io.github.sparklatent.cluster.storage;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;

/**
 * The format of a checkpoint: a mark, the digit of the format's version, and the content in {@link PieceOutputStream
 * pieces} with checksums. A content of any size is written and read as a stream.
 *
 * @param files file system of the checkpoint
 * @param pieceLength largest number of bytes of a piece that is written
 */
record CheckpointFormat(FileSystem files, int pieceLength) {
    /** Largest number of bytes of a piece. */
    static final int MAX_PIECE = 1 << 20;

    /** The text "splatnt" and the digit of the version. */
    private static final long MAGIC = 0x73706c61746e7432L;

    private static final int MARK = Long.BYTES - 1;

    /** Bytes compared at once. */
    private static final int BUFFER = 1 << 16;

    /** Kinds of content at the path of a checkpoint. */
    enum Found {
        NOTHING,
        /** A file that begins like a checkpoint; it may be incomplete. */
        CHECKPOINT,
        /** A file of zeros only: the machine died before the content was on its disk. */
        BLANK,
        /** A file or directory that is not a checkpoint, or may not be read. */
        FOREIGN,
        /** A file that cannot be read at the moment. */
        UNREADABLE
    }

    Found find(Path file) throws IOException {
        if (!files.exists(file)) {
            return Found.NOTHING;
        }
        if (files.getFileStatus(file).isDirectory()) {
            return Found.FOREIGN;
        }
        try (FSDataInputStream in = files.open(file)) {
            byte[] first = in.readNBytes(Long.BYTES);
            int compared = Math.min(first.length, MARK);
            if (Arrays.equals(first, 0, compared, mark(), 0, compared)) {
                return Found.CHECKPOINT;
            }
            boolean blank = Arrays.equals(first, new byte[first.length]) && isBlank(in);
            return blank ? Found.BLANK : Found.FOREIGN;
        }
    }

    private static byte[] mark() {
        return ByteBuffer.allocate(Long.BYTES).putLong(MAGIC).array();
    }

    /** Returns whether the rest is zeros to the end. Other files, e.g. disk images, begin with zeros, too. */
    private static boolean isBlank(InputStream in) throws IOException {
        byte[] zeros = new byte[BUFFER];
        byte[] part = new byte[BUFFER];
        int length;
        do {
            length = in.read(part);
        } while (length >= 0 && Arrays.equals(part, 0, length, zeros, 0, length));
        return length < 0;
    }

    /** Returns the version of a file that begins like a checkpoint, if it is another one. */
    Optional<String> otherVersion(Path file) throws IOException {
        try (FSDataInputStream in = files.open(file)) {
            byte[] first = in.readNBytes(Long.BYTES);
            return first.length < Long.BYTES || first[MARK] == mark()[MARK]
                    ? Optional.empty()
                    : Optional.of("has format %s, expected %c: it was written by another version of this program"
                            .formatted(digit(first[MARK]), (char) mark()[MARK]));
        }
    }

    private static String digit(byte version) {
        return version >= '0' && version <= '9'
                ? String.valueOf((char) version)
                : "with the code " + Byte.toUnsignedInt(version);
    }

    /** Writes a file, and to its disk if the file system can. */
    void write(Path file, CheckpointFile.Content content) throws IOException {
        try (FSDataOutputStream out = files.create(file, true)) {
            out.writeLong(MAGIC);
            PieceOutputStream pieces = new PieceOutputStream(out, pieceLength);
            content.write(pieces);
            pieces.finish();
            // Otherwise a machine that dies after the rename may leave zeros in the files.
            if (out.hasCapability(StreamCapabilities.HSYNC)) {
                out.hsync();
            }
        }
    }

    /**
     * Reads the content of a file to its end, and checks it.
     *
     * @return the number of bytes of the content
     * @throws DamagedPieceException if the content is damaged
     * @throws EOFException if the content is incomplete
     */
    long length(Path file) throws IOException {
        byte[] part = new byte[BUFFER];
        long length = 0;
        try (InputStream in = open(file)) {
            for (int read = in.read(part); read >= 0; read = in.read(part)) {
                length += read;
            }
        }
        return length;
    }

    /** Returns whether a file begins like a checkpoint of this version and its content is whole. */
    boolean isWhole(Path file) throws IOException {
        try {
            if (find(file) != Found.CHECKPOINT || otherVersion(file).isPresent()) {
                return false;
            }
            length(file);
            return true;
        } catch (DamagedPieceException | EOFException e) {
            return false;
        }
    }

    /** Opens the content of a file. Each piece is checked before its first byte is returned. */
    InputStream open(Path file) throws IOException {
        FSDataInputStream in = files.open(file);
        in.readNBytes(Long.BYTES);
        return new PieceInputStream(in);
    }
}
