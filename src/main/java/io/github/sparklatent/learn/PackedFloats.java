package io.github.sparklatent.learn;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Floats on their way from machine to machine, as bytes: Java's serialisation writes an array of
 * floats one by one, which took most of a round's time that was not training.
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
     * @param values not modified
     */
    public static PackedFloats of(float[] values) {
        byte[] bytes = new byte[Math.multiplyExact(values.length, Float.BYTES)];
        order(bytes).asFloatBuffer().put(values);
        return new PackedFloats(bytes);
    }

    /** Entries. */
    public int length() {
        return bytes.length / Float.BYTES;
    }

    /** The vector, in an array of its own. */
    public float[] unpack() {
        return unpack(0, length());
    }

    /** Entries from .. to − 1, in an array of their own. */
    public float[] unpack(int from, int to) {
        float[] values = new float[to - from];
        order(bytes).asFloatBuffer().get(from, values);
        return values;
    }

    /** Some of the entries. */
    public PackedFloats slice(int from, int to) {
        return new PackedFloats(Arrays.copyOfRange(bytes, from * Float.BYTES, to * Float.BYTES));
    }

    /** The order of most processors, so that packing is copying. */
    private static ByteBuffer order(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
