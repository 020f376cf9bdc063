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
 * What the forms of a saved training state have in common: a head of magic number and version, then
 * big-endian numbers; arrays and lists are preceded by their length.
 */
public final class StateBytes {
    private StateBytes() {}

    /** Writes what follows the head. */
    @FunctionalInterface
    public interface Body {
        void write(DataOutputStream out) throws IOException;
    }

    /** Reads one thing. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(DataInputStream in) throws IOException;
    }

    /** Writes one thing. */
    @FunctionalInterface
    public interface Writer<T> {
        void write(DataOutputStream out, T value) throws IOException;
    }

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
     * @throws DataException where the bytes are no such state, are cut short or longer than it, or
     *     were written in another version of the format
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

    public static void writeFloats(DataOutputStream out, float[] values) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(Float.BYTES * values.length);
        buffer.asFloatBuffer().put(values);
        out.writeInt(values.length);
        out.write(buffer.array());
    }

    public static float[] readFloats(DataInputStream in) throws IOException {
        float[] values = new float[readLength(in, Float.BYTES)];
        byte[] bytes = in.readNBytes(Float.BYTES * values.length);
        ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
        return values;
    }

    public static <T> void writeList(DataOutputStream out, List<T> items, Writer<T> writer)
            throws IOException {
        out.writeInt(items.size());
        for (T item : items) {
            writer.write(out, item);
        }
    }

    /**
     * @param bytes of an item, at least
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

    public static void writeDoubles(DataOutputStream out, List<Double> values) throws IOException {
        writeList(out, values, DataOutputStream::writeDouble);
    }

    public static List<Double> readDoubles(DataInputStream in) throws IOException {
        return readList(in, Double.BYTES, DataInputStream::readDouble);
    }

    /** A length that the rest of the bytes cannot hold is their end, before memory is asked for. */
    private static int readLength(DataInputStream in, int bytes) throws IOException {
        int items = in.readInt();
        if (items < 0 || items > in.available() / bytes) {
            throw new EOFException();
        }
        return items;
    }
}
