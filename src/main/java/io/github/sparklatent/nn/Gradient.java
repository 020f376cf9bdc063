package io.github.sparklatent.nn;

import java.util.Arrays;

/**
 * Where derivatives with respect to the parameters go. The first of a batch are written, which
 * spares the pass over memory that would set them to zero and the one that would read the zeros.
 *
 * @param values of all parameters. Kept, not copied; modified.
 * @param adds whether a part is added to what stands in its place, or written over it
 */
public record Gradient(float[] values, boolean adds) {
    /** Derivatives to be written. */
    public static Gradient writtenTo(float[] values) {
        return new Gradient(values, false);
    }

    /** Derivatives to be added. */
    public static Gradient addedTo(float[] values) {
        return new Gradient(values, true);
    }

    /** Before sums are added to a part of the values: sets that part to zero if it is written. */
    void begin(int from, int length) {
        if (!adds) {
            Arrays.fill(values, from, from + length, 0f);
        }
    }
}
