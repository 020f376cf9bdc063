<@pp.dropOutputFile/><#list precisions as p><#assign T=p.T t=p.t I=p.I i=p.i>
<@pp.changeOutputFile name="${T}VectorTransposition.java"/>
package io.github.sparklatent.linalg;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.${T}Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Squares of numbers transposed in vector registers: each step exchanges the two quarters off the
 * diagonal of every square, whose sides are halved from step to step. The lines, one square of the
 * largest vectors and two beside each other of smaller ones, are as many local variables, for the
 * reason that {@link ${T}VectorTiles} gives.
 */
final class ${T}VectorTransposition implements ${T}Transposition {
    private static final VectorSpecies<${T}> SPECIES =
            VectorSpecies.of(${t}.class, VectorWidth.of(MethodHandles.lookup()));
    private static final int LANES = SPECIES.length();

    /** At most sixteen, as many as there are variables. */
    private static final int LINES = Math.min(16, 2 * LANES);

    private static final Class<? extends ${T}Vector> TYPE = ${T}Vector.zero(SPECIES).getClass();

    /** Exchange each group of so many lanes with its neighbour. */
    private static final VectorShuffle<${T}> SWAP_8 = swap(8);

    private static final VectorShuffle<${T}> SWAP_4 = swap(4);
    private static final VectorShuffle<${T}> SWAP_2 = swap(2);
    private static final VectorShuffle<${T}> SWAP_1 = swap(1);

    /** The second of two such groups. */
    private static final VectorMask<${T}> SECOND_8 = second(8);

    private static final VectorMask<${T}> SECOND_4 = second(4);
    private static final VectorMask<${T}> SECOND_2 = second(2);
    private static final VectorMask<${T}> SECOND_1 = second(1);

    private static VectorShuffle<${T}> swap(int group) {
        int[] lanes = new int[LANES];
        for (int lane = 0; lane < LANES; lane++) {
            lanes[lane] = (lane ^ group) % LANES;
        }
        return VectorShuffle.fromArray(SPECIES, lanes, 0);
    }

    private static VectorMask<${T}> second(int group) {
        boolean[] lanes = new boolean[LANES];
        for (int lane = 0; lane < LANES; lane++) {
            lanes[lane] = (lane & group) != 0;
        }
        return VectorMask.fromArray(SPECIES, lanes, 0);
    }

    @Override
    public int lines() {
        return LINES;
    }

    @Override
    public void transpose(
            ${t}[] in, int from, int stride, int depth, ${t}[] out, int to, int outStride) {
        if (LANES < 4 || depth < LANES) {
            ${T}Panels.transpose(in, from, stride, LINES, depth, out, to, outStride);
            return;
        }
        int whole = depth - depth % LANES;
        squares(in, from, stride, whole, out, to, outStride);
        if (whole < depth) { // what the last squares share with those before is written once more
            int last = depth - LANES;
            squares(in, from + last, stride, LANES, out, to + last * outStride, outStride);
        }
    }

    private static void squares(
            ${t}[] in, int from, int stride, int depth, ${t}[] out, int to, int outStride) {
        int i = from;
        int o = to;
        for (int p = 0; p < depth; p += LANES, i += LANES, o += LANES * outStride) {
            ${T}Vector r0 = TYPE.cast(${T}Vector.fromArray(SPECIES, in, i));
            ${T}Vector r1 = TYPE.cast(${T}Vector.fromArray(SPECIES, in, i + stride));
            ${T}Vector r2 = TYPE.cast(${T}Vector.fromArray(SPECIES, in, i + 2 * stride));
            ${T}Vector r3 = TYPE.cast(${T}Vector.fromArray(SPECIES, in, i + 3 * stride));
            ${T}Vector r4 = TYPE.cast(${T}Vector.fromArray(SPECIES, in, i + 4 * stride));
            ${T}Vector r5 = TYPE.cast(${T}Vector.fromArray(SPECIES, in, i + 5 * stride));
            ${T}Vector r6 = TYPE.cast(${T}Vector.fromArray(SPECIES, in, i + 6 * stride));
            ${T}Vector r7 = TYPE.cast(${T}Vector.fromArray(SPECIES, in, i + 7 * stride));
            ${T}Vector r8 = LINES > 8 ? ${T}Vector.fromArray(SPECIES, in, i + 8 * stride) : r0;
            ${T}Vector r9 = LINES > 8 ? ${T}Vector.fromArray(SPECIES, in, i + 9 * stride) : r0;
            ${T}Vector r10 = LINES > 8 ? ${T}Vector.fromArray(SPECIES, in, i + 10 * stride) : r0;
            ${T}Vector r11 = LINES > 8 ? ${T}Vector.fromArray(SPECIES, in, i + 11 * stride) : r0;
            ${T}Vector r12 = LINES > 8 ? ${T}Vector.fromArray(SPECIES, in, i + 12 * stride) : r0;
            ${T}Vector r13 = LINES > 8 ? ${T}Vector.fromArray(SPECIES, in, i + 13 * stride) : r0;
            ${T}Vector r14 = LINES > 8 ? ${T}Vector.fromArray(SPECIES, in, i + 14 * stride) : r0;
            ${T}Vector r15 = LINES > 8 ? ${T}Vector.fromArray(SPECIES, in, i + 15 * stride) : r0;
            ${T}Vector x;
            if (LANES > 8) {
                x = TYPE.cast(r0.blend(r8.rearrange(SWAP_8), SECOND_8));
                r8 = TYPE.cast(TYPE.cast(r0.rearrange(SWAP_8)).blend(r8, SECOND_8));
                r0 = x;
                x = TYPE.cast(r1.blend(r9.rearrange(SWAP_8), SECOND_8));
                r9 = TYPE.cast(TYPE.cast(r1.rearrange(SWAP_8)).blend(r9, SECOND_8));
                r1 = x;
                x = TYPE.cast(r2.blend(r10.rearrange(SWAP_8), SECOND_8));
                r10 = TYPE.cast(TYPE.cast(r2.rearrange(SWAP_8)).blend(r10, SECOND_8));
                r2 = x;
                x = TYPE.cast(r3.blend(r11.rearrange(SWAP_8), SECOND_8));
                r11 = TYPE.cast(TYPE.cast(r3.rearrange(SWAP_8)).blend(r11, SECOND_8));
                r3 = x;
                x = TYPE.cast(r4.blend(r12.rearrange(SWAP_8), SECOND_8));
                r12 = TYPE.cast(TYPE.cast(r4.rearrange(SWAP_8)).blend(r12, SECOND_8));
                r4 = x;
                x = TYPE.cast(r5.blend(r13.rearrange(SWAP_8), SECOND_8));
                r13 = TYPE.cast(TYPE.cast(r5.rearrange(SWAP_8)).blend(r13, SECOND_8));
                r5 = x;
                x = TYPE.cast(r6.blend(r14.rearrange(SWAP_8), SECOND_8));
                r14 = TYPE.cast(TYPE.cast(r6.rearrange(SWAP_8)).blend(r14, SECOND_8));
                r6 = x;
                x = TYPE.cast(r7.blend(r15.rearrange(SWAP_8), SECOND_8));
                r15 = TYPE.cast(TYPE.cast(r7.rearrange(SWAP_8)).blend(r15, SECOND_8));
                r7 = x;
            }
            if (LANES > 4) {
                x = TYPE.cast(r0.blend(r4.rearrange(SWAP_4), SECOND_4));
                r4 = TYPE.cast(TYPE.cast(r0.rearrange(SWAP_4)).blend(r4, SECOND_4));
                r0 = x;
                x = TYPE.cast(r1.blend(r5.rearrange(SWAP_4), SECOND_4));
                r5 = TYPE.cast(TYPE.cast(r1.rearrange(SWAP_4)).blend(r5, SECOND_4));
                r1 = x;
                x = TYPE.cast(r2.blend(r6.rearrange(SWAP_4), SECOND_4));
                r6 = TYPE.cast(TYPE.cast(r2.rearrange(SWAP_4)).blend(r6, SECOND_4));
                r2 = x;
                x = TYPE.cast(r3.blend(r7.rearrange(SWAP_4), SECOND_4));
                r7 = TYPE.cast(TYPE.cast(r3.rearrange(SWAP_4)).blend(r7, SECOND_4));
                r3 = x;
                x = TYPE.cast(r8.blend(r12.rearrange(SWAP_4), SECOND_4));
                r12 = TYPE.cast(TYPE.cast(r8.rearrange(SWAP_4)).blend(r12, SECOND_4));
                r8 = x;
                x = TYPE.cast(r9.blend(r13.rearrange(SWAP_4), SECOND_4));
                r13 = TYPE.cast(TYPE.cast(r9.rearrange(SWAP_4)).blend(r13, SECOND_4));
                r9 = x;
                x = TYPE.cast(r10.blend(r14.rearrange(SWAP_4), SECOND_4));
                r14 = TYPE.cast(TYPE.cast(r10.rearrange(SWAP_4)).blend(r14, SECOND_4));
                r10 = x;
                x = TYPE.cast(r11.blend(r15.rearrange(SWAP_4), SECOND_4));
                r15 = TYPE.cast(TYPE.cast(r11.rearrange(SWAP_4)).blend(r15, SECOND_4));
                r11 = x;
            }
            x = TYPE.cast(r0.blend(r2.rearrange(SWAP_2), SECOND_2));
            r2 = TYPE.cast(TYPE.cast(r0.rearrange(SWAP_2)).blend(r2, SECOND_2));
            r0 = x;
            x = TYPE.cast(r1.blend(r3.rearrange(SWAP_2), SECOND_2));
            r3 = TYPE.cast(TYPE.cast(r1.rearrange(SWAP_2)).blend(r3, SECOND_2));
            r1 = x;
            x = TYPE.cast(r4.blend(r6.rearrange(SWAP_2), SECOND_2));
            r6 = TYPE.cast(TYPE.cast(r4.rearrange(SWAP_2)).blend(r6, SECOND_2));
            r4 = x;
            x = TYPE.cast(r5.blend(r7.rearrange(SWAP_2), SECOND_2));
            r7 = TYPE.cast(TYPE.cast(r5.rearrange(SWAP_2)).blend(r7, SECOND_2));
            r5 = x;
            x = TYPE.cast(r8.blend(r10.rearrange(SWAP_2), SECOND_2));
            r10 = TYPE.cast(TYPE.cast(r8.rearrange(SWAP_2)).blend(r10, SECOND_2));
            r8 = x;
            x = TYPE.cast(r9.blend(r11.rearrange(SWAP_2), SECOND_2));
            r11 = TYPE.cast(TYPE.cast(r9.rearrange(SWAP_2)).blend(r11, SECOND_2));
            r9 = x;
            x = TYPE.cast(r12.blend(r14.rearrange(SWAP_2), SECOND_2));
            r14 = TYPE.cast(TYPE.cast(r12.rearrange(SWAP_2)).blend(r14, SECOND_2));
            r12 = x;
            x = TYPE.cast(r13.blend(r15.rearrange(SWAP_2), SECOND_2));
            r15 = TYPE.cast(TYPE.cast(r13.rearrange(SWAP_2)).blend(r15, SECOND_2));
            r13 = x;
            x = TYPE.cast(r0.blend(r1.rearrange(SWAP_1), SECOND_1));
            r1 = TYPE.cast(TYPE.cast(r0.rearrange(SWAP_1)).blend(r1, SECOND_1));
            r0 = x;
            x = TYPE.cast(r2.blend(r3.rearrange(SWAP_1), SECOND_1));
            r3 = TYPE.cast(TYPE.cast(r2.rearrange(SWAP_1)).blend(r3, SECOND_1));
            r2 = x;
            x = TYPE.cast(r4.blend(r5.rearrange(SWAP_1), SECOND_1));
            r5 = TYPE.cast(TYPE.cast(r4.rearrange(SWAP_1)).blend(r5, SECOND_1));
            r4 = x;
            x = TYPE.cast(r6.blend(r7.rearrange(SWAP_1), SECOND_1));
            r7 = TYPE.cast(TYPE.cast(r6.rearrange(SWAP_1)).blend(r7, SECOND_1));
            r6 = x;
            x = TYPE.cast(r8.blend(r9.rearrange(SWAP_1), SECOND_1));
            r9 = TYPE.cast(TYPE.cast(r8.rearrange(SWAP_1)).blend(r9, SECOND_1));
            r8 = x;
            x = TYPE.cast(r10.blend(r11.rearrange(SWAP_1), SECOND_1));
            r11 = TYPE.cast(TYPE.cast(r10.rearrange(SWAP_1)).blend(r11, SECOND_1));
            r10 = x;
            x = TYPE.cast(r12.blend(r13.rearrange(SWAP_1), SECOND_1));
            r13 = TYPE.cast(TYPE.cast(r12.rearrange(SWAP_1)).blend(r13, SECOND_1));
            r12 = x;
            x = TYPE.cast(r14.blend(r15.rearrange(SWAP_1), SECOND_1));
            r15 = TYPE.cast(TYPE.cast(r14.rearrange(SWAP_1)).blend(r15, SECOND_1));
            r14 = x;
            TYPE.cast(r0).intoArray(out, at(0, o, outStride));
            TYPE.cast(r1).intoArray(out, at(1, o, outStride));
            TYPE.cast(r2).intoArray(out, at(2, o, outStride));
            TYPE.cast(r3).intoArray(out, at(3, o, outStride));
            TYPE.cast(r4).intoArray(out, at(4, o, outStride));
            TYPE.cast(r5).intoArray(out, at(5, o, outStride));
            TYPE.cast(r6).intoArray(out, at(6, o, outStride));
            TYPE.cast(r7).intoArray(out, at(7, o, outStride));
            if (LINES > 8) {
                TYPE.cast(r8).intoArray(out, at(8, o, outStride));
                TYPE.cast(r9).intoArray(out, at(9, o, outStride));
                TYPE.cast(r10).intoArray(out, at(10, o, outStride));
                TYPE.cast(r11).intoArray(out, at(11, o, outStride));
                TYPE.cast(r12).intoArray(out, at(12, o, outStride));
                TYPE.cast(r13).intoArray(out, at(13, o, outStride));
                TYPE.cast(r14).intoArray(out, at(14, o, outStride));
                TYPE.cast(r15).intoArray(out, at(15, o, outStride));
            }
        }
    }

    /** Where the line that is at first in a variable goes once it is a row of its square. */
    private static int at(int line, int to, int outStride) {
        return to + line % LANES * outStride + line / LANES * LANES;
    }
}
</#list>
