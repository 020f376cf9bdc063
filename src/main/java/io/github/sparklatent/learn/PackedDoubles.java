package io.github.sparklatent.learn;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.Arrays;

/**
 * A vector of doubles that is sent between machines, see {@link PackedFloats}. Java's own way took a third of a round
 * for a network of a million parameters.
 */
public final class PackedDoubles implements Serializable {
    private static final long serialVersionUID = 2L;

    private double[] values;

    private PackedDoubles(double[] values) {
        this.values = values;
    }

    /**
     * Wraps a vector.
     *
     * @param values vector to send. Kept, not copied, so it must not change afterwards.
     */
    public static PackedDoubles of(double[] values) {
        return new PackedDoubles(values);
    }

    public int length() {
        return values.length;
    }

    /** Returns the vector. Not a copy; not to be modified. */
    public double[] values() {
        return values;
    }

    /** Returns a copy of the entries from .. to − 1. */
    public PackedDoubles slice(int from, int to) {
        return new PackedDoubles(Arrays.copyOfRange(values, from, to));
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        out.writeInt(values.length);
        NumberPieces.write(values, out::writeUnshared);
    }

    private void readObject(ObjectInputStream in) throws IOException {
        values = NumberPieces.doubles(in.readInt(), () -> PackedFloats.piece(in));
    }
}
