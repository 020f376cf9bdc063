package io.github.sparklatent.learn;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Common binary format of saved training states: a header of magic number and version, then
 * big-endian numbers. Arrays and lists are preceded by their length.
 */
public final class StateBytes {
    private StateBytes() {}

    /** Writes what follows the header. */
    @FunctionalInterface
    public interface Body {
        /** Writes all fields. */
        void write(DataOutputStream out) throws IOException;
    }

    /** Reads one item. */
    @FunctionalInterface
    public interface Reader<T> {
        /** Reads one item. */
        T read(DataInputStream in) throws IOException;
    }

    /** Writes one item. */
    @FunctionalInterface
    public interface Writer<T> {
        /** Writes one item. */
        void write(DataOutputStream out, T value) throws IOException;
    }

    /** Returns the bytes of the header and of what the body writes. */
    public static byte[] encode(int magic, int version, Body body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(magic);
            out.writeInt(version);
            body.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException("an array in memory cannot be written", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads what {@link #encode} has written.
     *
     * @throws DataException if the magic number or the version differs, or if the bytes are too
     *     few, too many or damaged
     */
    public static <T> T decode(byte[] bytes, int magic, int version, Reader<T> body) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            requireHead(in, magic, version);
            T state = body.read(in);
            if (in.available() > 0) {
                throw new DataException(
                        "the saved training state has %d bytes, expected %d"
                                .formatted(bytes.length, bytes.length - in.available()));
            }
            return state;
        } catch (EOFException e) {
            throw new DataException(
                    "the saved training state ends after %d bytes, expected more"
                            .formatted(bytes.length),
                    e);
        } catch (IOException | IllegalArgumentException e) {
            throw new DataException("the saved training state is damaged: " + e.getMessage(), e);
        }
    }

    private static void requireHead(DataInputStream in, int magic, int expected)
            throws IOException {
        if (in.readInt() != magic) {
            throw new DataException("the saved training state is not one of a network");
        }
        int version = in.readInt();
        if (version != expected) {
            throw new DataException(
                    "the saved training state has format %d, expected %d: it was written by another version of this program"
                            .formatted(version, expected));
        }
    }

    /** Writes a vector, preceded by its length. */
    public static void writeFloats(DataOutputStream out, float[] values) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(Float.BYTES * values.length);
        buffer.asFloatBuffer().put(values);
        out.writeInt(values.length);
        out.write(buffer.array());
    }

    /** Reads a vector that {@link #writeFloats} has written. */
    public static float[] readFloats(DataInputStream in) throws IOException {
        float[] values = new float[readLength(in, Float.BYTES)];
        byte[] bytes = in.readNBytes(Float.BYTES * values.length);
        ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
        return values;
    }

    /** Writes the items, preceded by their number. */
    public static <T> void writeList(DataOutputStream out, List<T> items, Writer<T> writer)
            throws IOException {
        out.writeInt(items.size());
        for (T item : items) {
            writer.write(out, item);
        }
    }

    /**
     * Reads the items that {@link #writeList} has written.
     *
     * @param bytes smallest size of an item
     */
    public static <T> List<T> readList(DataInputStream in, int bytes, Reader<T> reader)
            throws IOException {
        int size = readLength(in, bytes);
        List<T> items = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            items.add(reader.read(in));
        }
        return items;
    }

    /** Writes a list of numbers, preceded by its length. */
    public static void writeDoubles(DataOutputStream out, List<Double> values) throws IOException {
        writeList(out, values, DataOutputStream::writeDouble);
    }

    /** Reads the numbers that {@link #writeDoubles} has written. */
    public static List<Double> readDoubles(DataInputStream in) throws IOException {
        return readList(in, Double.BYTES, DataInputStream::readDouble);
    }

    /** Reads a length. If the remaining bytes cannot hold it, fails before memory is allocated. */
    private static int readLength(DataInputStream in, int bytes) throws IOException {
        int items = in.readInt();
        if (items < 0 || items > in.available() / bytes) {
            throw new EOFException();
        }
        return items;
    }
}
