<@pp.dropOutputFile/><#list precisions as p><#assign T=p.T t=p.t>
<@pp.changeOutputFile name="Packed${T}s.java"/>
package io.github.sparklatent.learn;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.Arrays;

/**
 * A vector of ${t}s that is sent between machines. Java's serialisation writes an array of numbers one entry at a time,
 * which took a third of a round for a network of a million parameters; this class writes it as
 * {@linkplain NumberPieces pieces} of bytes. Kryo writes arrays of numbers fast by itself.
 */
public final class Packed${T}s implements Serializable {
    private static final long serialVersionUID = 2L;

    private ${t}[] values;

    private Packed${T}s(${t}[] values) {
        this.values = values;
    }

    /**
     * Wraps a vector.
     *
     * @param values vector to send. Kept, not copied, so it must not change afterwards.
     */
    public static Packed${T}s of(${t}[] values) {
        return new Packed${T}s(values);
    }

    public int length() {
        return values.length;
    }

    /** Returns the vector. Not a copy; not to be modified. */
    public ${t}[] values() {
        return values;
    }

    /** Returns a copy of the entries from .. to − 1. */
    public Packed${T}s slice(int from, int to) {
        return new Packed${T}s(Arrays.copyOfRange(values, from, to));
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        out.writeInt(values.length);
        NumberPieces.write(values, out::writeUnshared);
    }

    private void readObject(ObjectInputStream in) throws IOException {
        values = NumberPieces.${t}s(in.readInt(), () -> piece(in));
    }

    /** Reads a piece. The stream keeps no reference to what is not shared. */
    private static byte[] piece(ObjectInputStream in) throws IOException {
        try {
            return (byte[]) in.readUnshared();
        } catch (ClassNotFoundException e) {
            throw new IOException("a piece of an array has no class", e);
        }
    }
}
</#list>
