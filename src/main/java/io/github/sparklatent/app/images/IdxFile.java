package io.github.sparklatent.app.images;

import io.github.sparklatent.cluster.storage.FileSystems;
import io.github.sparklatent.learn.DataException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A file of bytes in the IDX format (LeCun, Cortes and Burges, the page of the MNIST database), with or without gzip.
 * It has two zero bytes, the type of the numbers (8: unsigned bytes), the number of dimensions, each dimension as a
 * 32-bit integer, and the numbers.
 *
 * @param path path of the file
 * @param shown key and path, for messages
 * @param packed whether the file is compressed by gzip
 * @param sizes the dimensions; the first is the number of items
 */
record IdxFile(String path, String shown, boolean packed, long[] sizes) implements Serializable {
    private static final int BYTES = 8;
    /** Largest item, which a task has in memory. */
    private static final int MAX_BYTES = 1 << 26;

    private static final int GZIP = 0x1f8b;

    /**
     * Reads the header of a file.
     *
     * @param key key of the file in the configuration
     * @param noun expected content, such as {@code images}
     * @param dimensions expected number of dimensions
     * @throws DataException if the file has another format or is incomplete
     */
    static IdxFile look(Configuration hadoop, String key, Path path, String noun, int dimensions) {
        String shown = key + " \"" + path + "\"";
        try {
            FileSystem files = FileSystems.of(path, hadoop);
            boolean packed = isPacked(files, path);
            try (DataInputStream in = open(files, path, packed)) {
                long[] sizes = sizes(in, shown, noun, dimensions);
                IdxFile file = new IdxFile(path.toString(), shown, packed, sizes);
                if (!packed) {
                    file.requireLength(files.getFileStatus(path).getLen(), noun);
                }
                return file;
            }
        } catch (EOFException e) {
            throw new DataException("%s is not an IDX file of %s: it ends within its header".formatted(shown, noun), e);
        } catch (IOException e) {
            throw new DataException(shown + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static boolean isPacked(FileSystem files, Path path) throws IOException {
        try (FSDataInputStream in = files.open(path)) {
            return in.readUnsignedShort() == GZIP;
        }
    }

    private static DataInputStream open(FileSystem files, Path path, boolean packed) throws IOException {
        InputStream in = files.open(path);
        return new DataInputStream(new BufferedInputStream(packed ? new GZIPInputStream(in) : in, 1 << 16));
    }

    private static long[] sizes(DataInputStream in, String shown, String noun, int dimensions) throws IOException {
        int magic = in.readInt();
        int expected = BYTES << Byte.SIZE | dimensions;
        if (magic != expected) {
            throw new DataException("%s is not an IDX file of %s: it begins with %08x, expected %08x"
                    .formatted(shown, noun, magic, expected));
        }
        long[] sizes = new long[dimensions];
        for (int i = 0; i < dimensions; i++) {
            sizes[i] = in.readInt();
        }
        if (Arrays.stream(sizes).anyMatch(size -> size <= 0)) {
            throw new DataException(
                    "%s has dimensions %s of %s, expected at least 1 in each".formatted(shown, text(sizes), noun));
        }
        if (itemLength(sizes) > MAX_BYTES) {
            throw new DataException(
                    "%s has items of %d bytes, expected at most %d".formatted(shown, itemLength(sizes), MAX_BYTES));
        }
        return sizes;
    }

    private static String text(long[] sizes) {
        return LongStream.of(sizes).mapToObj(String::valueOf).collect(Collectors.joining(" x "));
    }

    private void requireLength(long length, String noun) {
        long expected = head() + items() * itemLength();
        if (length != expected) {
            throw new DataException("%s is damaged: it has %d bytes, expected %d for %s %s"
                    .formatted(shown, length, expected, text(sizes), noun));
        }
    }

    /** Returns the number of bytes before the first item. */
    private long head() {
        return (1L + sizes.length) * Integer.BYTES;
    }

    /** Returns the number of items. */
    long items() {
        return sizes[0];
    }

    /** Returns the number of bytes of an item. */
    int itemLength() {
        return (int) itemLength(sizes);
    }

    private static long itemLength(long[] sizes) {
        return Arrays.stream(sizes).skip(1).reduce(1, (a, b) -> a * b);
    }

    /** Opens the file at an item. */
    DataInputStream from(Configuration hadoop, long item) throws IOException {
        Path file = new Path(path);
        DataInputStream in = open(FileSystems.of(file, hadoop), file, packed);
        in.skipNBytes(head() + item * itemLength());
        return in;
    }
}
