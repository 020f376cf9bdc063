package io.github.sparklatent.learn;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Converts long arrays of numbers to bytes and back, piece by piece. A vector of 250 million floats thus needs no array
 * of a gigabyte besides its own, and the bytes of a vector may be more than the 2³¹ that one array holds. The bytes are
 * little-endian, the order of most processors.
 */
final class NumberPieces {
    /**
     * Bytes of a piece; the last one may be shorter. Jackson copies byte strings of more than 250,000 bytes once more.
     */
    static final int BYTES = 1 << 17;

    /** Receives the pieces in order. */
    interface Sink {
        /** Writes a piece, whose array is used again afterwards. */
        void write(byte[] piece) throws IOException;
    }

    /** Returns the pieces in order. */
    interface Source {
        byte[] read() throws IOException;
    }

    /** Converts n numbers to a piece, or back. */
    private interface Conversion {
        void run(ByteBuffer piece, int from, int n);
    }

    private NumberPieces() {}

    /** Writes floats. Not modified. */
    static void write(float[] values, Sink sink) throws IOException {
        write(
                values.length,
                Float.BYTES,
                sink,
                (piece, from, n) -> piece.asFloatBuffer().put(values, from, n));
    }

    /** Writes doubles. Not modified. */
    static void write(double[] values, Sink sink) throws IOException {
        write(
                values.length,
                Double.BYTES,
                sink,
                (piece, from, n) -> piece.asDoubleBuffer().put(values, from, n));
    }

    /** Reads floats that {@link #write(float[], Sink)} has written. */
    static float[] floats(int count, Source source) throws IOException {
        float[] values = new float[count];
        read(
                count,
                Float.BYTES,
                source,
                (piece, from, n) -> piece.asFloatBuffer().get(values, from, n));
        return values;
    }

    /** Reads doubles that {@link #write(double[], Sink)} has written. */
    static double[] doubles(int count, Source source) throws IOException {
        double[] values = new double[count];
        read(
                count,
                Double.BYTES,
                source,
                (piece, from, n) -> piece.asDoubleBuffer().get(values, from, n));
        return values;
    }

    private static void write(int count, int size, Sink sink, Conversion conversion) throws IOException {
        byte[] piece = new byte[0];
        for (int from = 0; from < count; from += piece.length / size) {
            int length = Math.min(BYTES / size, count - from);
            piece = piece.length == length * size ? piece : new byte[length * size];
            conversion.run(order(piece), from, length);
            sink.write(piece);
        }
    }

    private static void read(int count, int size, Source source, Conversion conversion) throws IOException {
        for (int from = 0; from < count; ) {
            int length = Math.min(BYTES / size, count - from);
            byte[] piece = source.read();
            Require.size("bytes of a piece of an array", piece.length, length * size);
            conversion.run(order(piece), from, length);
            from += length;
        }
    }

    private static ByteBuffer order(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
