package io.github.sparklatent.learn;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.Arrays;

/**
 * A vector of floats that is sent between machines. Java's serialisation writes an array of floats one entry at a time,
 * which is slow; this class writes it as {@linkplain NumberPieces pieces} of bytes. Kryo writes arrays of numbers fast
 * by itself.
 */
public final class PackedFloats implements Serializable {
    private static final long serialVersionUID = 2L;

    private float[] values;

    private PackedFloats(float[] values) {
        this.values = values;
    }

    /**
     * Wraps a vector.
     *
     * @param values vector to send. Kept, not copied, so it must not change afterwards.
     */
    public static PackedFloats of(float[] values) {
        return new PackedFloats(values);
    }

    public int length() {
        return values.length;
    }

    /** Returns the vector. Not a copy; not to be modified. */
    public float[] values() {
        return values;
    }

    public float[] unpack() {
        return values.clone();
    }

    /** Returns a copy of the entries from .. to − 1. */
    public PackedFloats slice(int from, int to) {
        return new PackedFloats(Arrays.copyOfRange(values, from, to));
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        out.writeInt(values.length);
        NumberPieces.write(values, out::writeUnshared);
    }

    private void readObject(ObjectInputStream in) throws IOException {
        values = NumberPieces.floats(in.readInt(), () -> piece(in));
    }

    /** Reads a piece. The stream keeps no reference to what is not shared. */
    static byte[] piece(ObjectInputStream in) throws IOException {
        try {
            return (byte[]) in.readUnshared();
        } catch (ClassNotFoundException e) {
            throw new IOException("a piece of an array has no class", e);
        }
    }
}
