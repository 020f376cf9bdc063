package io.github.sparklatent.cluster.reduce;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A vector of doubles as bytes, to be sent between machines. Java's serialisation writes an array
 * of doubles one entry at a time, which took a third of a round for a network of a million
 * parameters.
 */
public final class PackedDoubles implements Serializable {
    private static final long serialVersionUID = 1L;

    private final byte[] bytes;

    private PackedDoubles(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Packs a vector.
     *
     * @param values vector to pack. Not modified.
     */
    public static PackedDoubles of(double[] values) {
        byte[] bytes = new byte[Math.multiplyExact(values.length, Double.BYTES)];
        order(bytes).asDoubleBuffer().put(values);
        return new PackedDoubles(bytes);
    }

    /** Number of doubles. */
    int length() {
        return bytes.length / Double.BYTES;
    }

    /** Returns the vector in a new array. */
    double[] unpack() {
        double[] values = new double[length()];
        copy(values, 0);
        return values;
    }

    /** Writes the vector into an array, starting at an index. */
    void copy(double[] out, int from) {
        order(bytes).asDoubleBuffer().get(out, from, length());
    }

    /** Returns the packed entries from .. to − 1. */
    PackedDoubles slice(int from, int to) {
        return new PackedDoubles(Arrays.copyOfRange(bytes, from * Double.BYTES, to * Double.BYTES));
    }

    /** Little-endian, the byte order of most processors, so that packing is a plain copy. */
    private static ByteBuffer order(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
