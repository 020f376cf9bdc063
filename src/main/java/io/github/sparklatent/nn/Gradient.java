package io.github.sparklatent.nn;

import java.util.Arrays;

/**
 * The destination of derivatives with respect to the parameters. The first of a batch are written, not added, so that
 * no zeros are written and read before.
 *
 * @param values derivatives with respect to all parameters. Kept, not copied; modified.
 * @param adds whether derivatives are added to the values, or overwrite them
 * @param steps takes derivatives that are complete, and not only a part of a sum; null if nothing does. A layer may
 *     leave any of them to the values
 */
public record Gradient(float[] values, boolean adds, Steps steps) {
    /** Updates parameters as soon as their derivatives are complete, while these are still in a cache. */
    public interface Steps {
        /**
         * Updates the parameters from .. from + length − 1, which are not read again for this batch. The values of
         * {@link Gradient} do not have their derivatives.
         *
         * @param derivatives holds theirs from index {@code at} on. Modified there.
         */
        void take(int from, int length, float[] derivatives, int at);
    }

    /**
     * No destination: derivatives with respect to the parameters are not computed. This saves a third of the products
     * of a layer if only the derivative with respect to its input is wanted.
     */
    public static final Gradient NONE = new Gradient(new float[0], true, null);

    /** Returns a destination that is overwritten. */
    public static Gradient writtenTo(float[] values) {
        return new Gradient(values, false, null);
    }

    /** Returns a destination that is added to. */
    public static Gradient addedTo(float[] values) {
        return new Gradient(values, true, null);
    }

    /** Returns whether derivatives with respect to the parameters are computed. */
    public boolean isWanted() {
        return values.length > 0;
    }

    /** Sets a part of the values to zero if it is overwritten, before sums are added to it. */
    void begin(int from, int length) {
        if (!adds) {
            Arrays.fill(values, from, from + length, 0f);
        }
    }
}
