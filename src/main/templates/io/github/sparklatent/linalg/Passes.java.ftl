<@pp.dropOutputFile/><#list precisions as p><#assign T=p.T t=p.t I=p.I i=p.i>
<@pp.changeOutputFile name="${T}Passes.java"/>
package io.github.sparklatent.linalg;

import io.github.sparklatent.linalg.kernels.${T}Im2col;
import java.util.Objects;

/**
 * Sums, copies and transpositions of arrays of ${t}s. Each sum adds its terms in the order of the
 * array, so that its bits do not depend on the processor.
 *
 * <p>For convolutions, {@link #LANES} images lie side by side: the numbers of all images at one place
 * are neighbours. So each operation at a place uses whole registers, wherever the place is.
 */
public final class ${T}Passes {
    /** Lanes that are copied together. */
    private static final int SUITE = 4;

    /** Images side by side: as many as the widest registers hold of single precision. */
    public static final int LANES = ${T}Im2col.IMAGES;

    private static final ${T}Im2col KERNEL = Kernels.choose(${T}Im2col.class, "${T}%sIm2col");

    private ${T}Passes() {}

    /**
     * Computes sums_j ← sums_j + Σ_i row_ij, i ascending.
     *
     * @param rows count × width from an offset on. Not modified.
     * @param from the offset
     * @param count rows
     * @param width columns
     * @param sums another array, from an offset on. Modified.
     * @param at the offset
     */
    public static void addRows(${t}[] rows, int from, int count, int width, ${t}[] sums, int at) {
        Objects.checkFromIndexSize(from, Math.multiplyExact(count, width), rows.length);
        Objects.checkFromIndexSize(at, width, sums.length);
        KERNEL.addRows(rows, from, count, width, sums, at);
    }

    /**
     * Computes out ← inᵀ.
     *
     * @param in rows × columns from 0 on. Not modified.
     * @param out another array, columns × rows from 0 on. Modified.
     */
    public static void transpose(${t}[] in, int rows, int columns, ${t}[] out) {
        Objects.checkFromIndexSize(0, Math.multiplyExact(rows, columns), in.length);
        Objects.checkFromIndexSize(0, rows * columns, out.length);
        int i = 0;
        for (; i + SUITE <= rows; i += SUITE) {
            interleave(in, i * columns, columns, out, i, rows, columns);
        }
        for (; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                out[j * rows + i] = in[i * columns + j];
            }
        }
    }

    /**
     * Copies out[place][lane] ← in[lane][place]. Lanes from the count on are set to zero.
     *
     * @param in not modified
     * @param from its offset
     * @param stride numbers from one lane to the next
     * @param count lanes, at most {@link #LANES}
     * @param out another array. Modified.
     * @param to its offset
     * @param places of each lane
     */
    public static void toLanes(
            ${t}[] in, int from, int stride, int count, ${t}[] out, int to, int places) {
        for (int lane = 0; lane < LANES; lane += SUITE) {
            int start = from + lane * stride;
            if (lane + SUITE <= count) {
                interleave(in, start, stride, out, to + lane, LANES, places);
            } else {
                for (int l = lane; l < lane + SUITE; l++) {
                    for (int p = 0; p < places; p++) {
                        out[to + p * LANES + l] = l < count ? in[from + l * stride + p] : 0f;
                    }
                }
            }
        }
    }

    private static void interleave(
            ${t}[] in, int from, int stride, ${t}[] out, int to, int step, int places) {
        int second = from + stride;
        int third = second + stride;
        int fourth = third + stride;
        for (int p = 0, o = to; p < places; p++, o += step) {
            out[o] = in[from + p];
            out[o + 1] = in[second + p];
            out[o + 2] = in[third + p];
            out[o + 3] = in[fourth + p];
        }
    }

    /**
     * Copies out[lane][place] ← in[place][lane] for the counted lanes; the inverse of {@link #toLanes}.
     */
    public static void fromLanes(
            ${t}[] in, int from, ${t}[] out, int to, int stride, int count, int places) {
        int lane = 0;
        for (; lane + SUITE <= count; lane += SUITE) {
            separate(in, from + lane, out, to + lane * stride, stride, places);
        }
        for (; lane < count; lane++) {
            for (int p = 0; p < places; p++) {
                out[to + lane * stride + p] = in[from + p * LANES + lane];
            }
        }
    }

    private static void separate(
            ${t}[] in, int from, ${t}[] out, int to, int stride, int places) {
        int second = to + stride;
        int third = second + stride;
        int fourth = third + stride;
        for (int p = 0, i = from; p < places; p++, i += LANES) {
            out[to + p] = in[i];
            out[second + p] = in[i + 1];
            out[third + p] = in[i + 2];
            out[fourth + p] = in[i + 3];
        }
    }

    /**
     * Copies the lanes of places on a grid: out[y][x] ← in[y · line + x · step], {@link #LANES}
     * numbers each.
     *
     * @param in not modified
     * @param from offset of the first place
     * @param line numbers from a line of the grid to the next
     * @param step numbers from a place of a line to the next
     * @param out another array, place by place. Modified.
     * @param to its offset
     * @param lines of the grid
     * @param places of a line
     */
    public static void gather(
            ${t}[] in, int from, int line, int step, ${t}[] out, int to, int lines, int places) {
        checkGrid(in, from, line, step, lines, places);
        Objects.checkFromIndexSize(to, lines * places * LANES, out.length);
        KERNEL.gather(in, from, line, step, out, to, lines, places);
    }

    /** Adds in[y][x] to the place that {@link #gather} would copy it from. */
    public static void scatter(
            ${t}[] in, int from, ${t}[] sums, int at, int line, int step, int lines, int places) {
        checkGrid(sums, at, line, step, lines, places);
        Objects.checkFromIndexSize(from, lines * places * LANES, in.length);
        KERNEL.scatter(in, from, sums, at, line, step, lines, places);
    }

    private static void checkGrid(
            ${t}[] array, int from, int line, int step, int lines, int places) {
        if (lines > 0 && places > 0) {
            int last = (lines - 1) * line + (places - 1) * step;
            Objects.checkFromIndexSize(from, last + LANES, array.length);
        }
    }
}
</#list>
