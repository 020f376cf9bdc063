package io.github.sparklatent.linalg;

import java.util.Objects;

/**
 * Sums over ranges of arrays of doubles in one pass over memory. Each sum adds its terms one by one
 * in the order in which they lie: its bits do not depend on the processor.
 */
public final class DoublePasses {
    private static final DoubleSweeps KERNEL = Kernels.doubleSweeps();

    private DoublePasses() {}

    /**
     * sums_j ← sums_j + Σ_i row_ij, i ascending.
     *
     * @param rows count × width from an offset on. Not modified.
     * @param from the offset
     * @param count rows
     * @param width columns
     * @param sums another array, from an offset on. Modified.
     * @param at the offset
     */
    public static void addRows(
            double[] rows, int from, int count, int width, double[] sums, int at) {
        Objects.checkFromIndexSize(from, Math.multiplyExact(count, width), rows.length);
        Objects.checkFromIndexSize(at, width, sums.length);
        KERNEL.addRows(rows, from, count, width, sums, at);
    }
}
