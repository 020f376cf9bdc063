package io.github.sparklatent.cluster.reduce;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Doubles on their way from machine to machine, as bytes: Java's serialisation writes and reads an
 * array of doubles one by one, which took a third of a round of a network of a million parameters.
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
     * @param values not modified
     */
    public static PackedDoubles of(double[] values) {
        byte[] bytes = new byte[Math.multiplyExact(values.length, Double.BYTES)];
        order(bytes).asDoubleBuffer().put(values);
        return new PackedDoubles(bytes);
    }

    /** Entries. */
    int length() {
        return bytes.length / Double.BYTES;
    }

    /** The vector, in an array of its own. */
    double[] unpack() {
        double[] values = new double[length()];
        copy(values, 0);
        return values;
    }

    /** Writes the vector into an array. */
    void copy(double[] out, int from) {
        order(bytes).asDoubleBuffer().get(out, from, length());
    }

    /** Some of the entries. */
    PackedDoubles slice(int from, int to) {
        return new PackedDoubles(Arrays.copyOfRange(bytes, from * Double.BYTES, to * Double.BYTES));
    }

    /** The order of most processors, so that packing is copying. */
    private static ByteBuffer order(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
