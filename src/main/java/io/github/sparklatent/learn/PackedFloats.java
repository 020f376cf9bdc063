package io.github.sparklatent.learn;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A vector of floats as bytes, to be sent between machines. Java's serialisation writes an array of
 * floats one entry at a time, which is slow; an array of bytes is written at once.
 */
public final class PackedFloats implements Serializable {
    private static final long serialVersionUID = 1L;

    private final byte[] bytes;

    private PackedFloats(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Packs a vector.
     *
     * @param values vector to pack. Not modified.
     */
    public static PackedFloats of(float[] values) {
        byte[] bytes = new byte[Math.multiplyExact(values.length, Float.BYTES)];
        order(bytes).asFloatBuffer().put(values);
        return new PackedFloats(bytes);
    }

    /** Number of floats. */
    public int length() {
        return bytes.length / Float.BYTES;
    }

    /** Returns the vector in a new array. */
    public float[] unpack() {
        return unpack(0, length());
    }

    /** Returns the entries from .. to − 1 in a new array. */
    public float[] unpack(int from, int to) {
        float[] values = new float[to - from];
        order(bytes).asFloatBuffer().get(from, values);
        return values;
    }

    /** Returns the packed entries from .. to − 1. */
    public PackedFloats slice(int from, int to) {
        return new PackedFloats(Arrays.copyOfRange(bytes, from * Float.BYTES, to * Float.BYTES));
    }

    /** Little-endian, the byte order of most processors, so that packing is a plain copy. */
    private static ByteBuffer order(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
