package io.github.sparklatent.linalg;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Thin tiles in vector registers, written as {@link FloatVectorTiles} are: a local variable for
 * each partial sum and a method for each number of rows or terms.
 */
final class FloatVectorThinTiles implements FloatThinTiles {
    /** For a single column no wider than its partial sums. */
    private static final VectorSpecies<Float> WIDE =
            VectorSpecies.of(
                    float.class,
                    VectorWidth.atMost(
                            FloatSums.COLUMN * Float.SIZE, VectorWidth.of(MethodHandles.lookup())));

    /**
     * For few columns no wider than these: a vector that is read or written across two lines of the
     * cache takes twice as long.
     */
    private static final VectorSpecies<Float> SPECIES =
            VectorSpecies.of(float.class, VectorWidth.atMost(8 * Float.SIZE, WIDE.vectorShape()));

    private static final int LANES = SPECIES.length();

    /**
     * What a vector is cast to before it is used: the JIT would go by all that it has seen
     * anywhere, and once other code had used vectors of another class, all of ours would be on the
     * heap.
     */
    private static final Class<? extends FloatVector> TYPE = FloatVector.zero(SPECIES).getClass();

    private static final Class<? extends FloatVector> WIDE_TYPE = FloatVector.zero(WIDE).getClass();

    @Override
    public int lanes() {
        return LANES;
    }

    @Override
    public void column(
            int rows, float[] a, int aFrom, int aStride, float[] b, int depth, float[] sums) {
        for (int l = 0; l < FloatSums.COLUMN; l += WIDE.length()) {
            eight(rows, a, aFrom, aStride, b, l, depth, sums);
        }
    }

    /** A vector of partial sums of eight rows, the last one again where they lack. */
    private static void eight(
            int rows,
            float[] a,
            int aFrom,
            int aStride,
            float[] b,
            int first,
            int depth,
            float[] sums) {
        int row1 = aFrom + Math.min(1, rows - 1) * aStride;
        int row2 = aFrom + Math.min(2, rows - 1) * aStride;
        int row3 = aFrom + Math.min(3, rows - 1) * aStride;
        int row4 = aFrom + Math.min(4, rows - 1) * aStride;
        int row5 = aFrom + Math.min(5, rows - 1) * aStride;
        int row6 = aFrom + Math.min(6, rows - 1) * aStride;
        int row7 = aFrom + Math.min(7, rows - 1) * aStride;
        FloatVector s0 = WIDE_TYPE.cast(FloatVector.zero(WIDE));
        FloatVector s1 = WIDE_TYPE.cast(FloatVector.zero(WIDE));
        FloatVector s2 = WIDE_TYPE.cast(FloatVector.zero(WIDE));
        FloatVector s3 = WIDE_TYPE.cast(FloatVector.zero(WIDE));
        FloatVector s4 = WIDE_TYPE.cast(FloatVector.zero(WIDE));
        FloatVector s5 = WIDE_TYPE.cast(FloatVector.zero(WIDE));
        FloatVector s6 = WIDE_TYPE.cast(FloatVector.zero(WIDE));
        FloatVector s7 = WIDE_TYPE.cast(FloatVector.zero(WIDE));
        for (int p = first; p < depth; p += FloatSums.COLUMN) {
            FloatVector y = WIDE_TYPE.cast(FloatVector.fromArray(WIDE, b, p));
            s0 = y.fma(FloatVector.fromArray(WIDE, a, aFrom + p), s0);
            s1 = y.fma(FloatVector.fromArray(WIDE, a, row1 + p), s1);
            s2 = y.fma(FloatVector.fromArray(WIDE, a, row2 + p), s2);
            s3 = y.fma(FloatVector.fromArray(WIDE, a, row3 + p), s3);
            s4 = y.fma(FloatVector.fromArray(WIDE, a, row4 + p), s4);
            s5 = y.fma(FloatVector.fromArray(WIDE, a, row5 + p), s5);
            s6 = y.fma(FloatVector.fromArray(WIDE, a, row6 + p), s6);
            s7 = y.fma(FloatVector.fromArray(WIDE, a, row7 + p), s7);
        }
        WIDE_TYPE.cast(s0).intoArray(sums, first);
        WIDE_TYPE.cast(s1).intoArray(sums, first + 1 * FloatSums.COLUMN);
        WIDE_TYPE.cast(s2).intoArray(sums, first + 2 * FloatSums.COLUMN);
        WIDE_TYPE.cast(s3).intoArray(sums, first + 3 * FloatSums.COLUMN);
        WIDE_TYPE.cast(s4).intoArray(sums, first + 4 * FloatSums.COLUMN);
        WIDE_TYPE.cast(s5).intoArray(sums, first + 5 * FloatSums.COLUMN);
        WIDE_TYPE.cast(s6).intoArray(sums, first + 6 * FloatSums.COLUMN);
        WIDE_TYPE.cast(s7).intoArray(sums, first + 7 * FloatSums.COLUMN);
    }

    @Override
    public void tile(
            int rows,
            float[] a,
            int aFrom,
            int aStride,
            float[] b,
            int bFrom,
            int bStride,
            int depth,
            float[] sums) {
        if (depth == 0) {
            return;
        }
        switch (rows) {
            case 1 -> oneRow(a, aFrom, b, bFrom, bStride, depth, sums);
            case 3 -> threeRows(a, aFrom, aStride, b, bFrom, bStride, depth, sums);
            default -> fourRows(a, aFrom, aStride, b, bFrom, bStride, depth, sums);
        }
    }

    private static void oneRow(
            float[] a, int aFrom, float[] b, int bFrom, int bStride, int depth, float[] sums) {
        FloatVector s00 = TYPE.cast(FloatVector.fromArray(SPECIES, sums, 0));
        FloatVector s10 = TYPE.cast(FloatVector.fromArray(SPECIES, sums, 4 * LANES));
        FloatVector s20 = TYPE.cast(FloatVector.fromArray(SPECIES, sums, 8 * LANES));
        FloatVector s30 = TYPE.cast(FloatVector.fromArray(SPECIES, sums, 12 * LANES));
        int p = 0;
        int j = bFrom;
        do {
            FloatVector y = TYPE.cast(FloatVector.fromArray(SPECIES, b, j));
            s00 = y.fma(FloatVector.broadcast(SPECIES, a[aFrom + p]), s00);
            j += bStride;
            y = TYPE.cast(FloatVector.fromArray(SPECIES, b, j));
            s10 = y.fma(FloatVector.broadcast(SPECIES, a[aFrom + p + 1]), s10);
            j += bStride;
            y = TYPE.cast(FloatVector.fromArray(SPECIES, b, j));
            s20 = y.fma(FloatVector.broadcast(SPECIES, a[aFrom + p + 2]), s20);
            j += bStride;
            y = TYPE.cast(FloatVector.fromArray(SPECIES, b, j));
            s30 = y.fma(FloatVector.broadcast(SPECIES, a[aFrom + p + 3]), s30);
            j += bStride;
            p += FloatSums.FEW;
        } while (p < depth);
        TYPE.cast(s00).intoArray(sums, 0);
        TYPE.cast(s10).intoArray(sums, 4 * LANES);
        TYPE.cast(s20).intoArray(sums, 8 * LANES);
        TYPE.cast(s30).intoArray(sums, 12 * LANES);
    }

    private static void threeRows(
            float[] a,
            int aFrom,
            int aStride,
            float[] b,
            int bFrom,
            int bStride,
            int depth,
            float[] sums) {
        int row1 = aFrom + aStride;
        int row2 = row1 + aStride;
        FloatVector s00 = TYPE.cast(FloatVector.fromArray(SPECIES, sums, 0));
        FloatVector s01 = TYPE.cast(FloatVector.fromArray(SPECIES, sums, 1 * LANES));
        FloatVector s02 = TYPE.cast(FloatVector.fromArray(SPECIES, sums, 2 * LANES));
        FloatVector s10 = TYPE.cast(FloatVector.fromArray(SPECIES, sums, 4 * LANES));
        FloatVector s11 = TYPE.cast(FloatVector.fromArray(SPECIES, sums, 5 * LANES));
        FloatVector s12 = TYPE.cast(FloatVector.fromArray(SPECIES, sums, 6 * LANES));
        FloatVector s20 = TYPE.cast(FloatVector.fromArray(SPECIES, sums, 8 * LANES));
        FloatVector s21 = TYPE.cast(FloatVector.fromArray(SPECIES, sums, 9 * LANES));
        FloatVector s22 = TYPE.cast(FloatVector.fromArray(SPECIES, sums, 10 * LANES));
        FloatVector s30 = TYPE.cast(FloatVector.fromArray(SPECIES, sums, 12 * LANES));
        FloatVector s31 = TYPE.cast(FloatVector.fromArray(SPECIES, sums, 13 * LANES));
        FloatVector s32 = TYPE.cast(FloatVector.fromArray(SPECIES, sums, 14 * LANES));
        int p = 0;
        int j = bFrom;
        do {
            FloatVector y = TYPE.cast(FloatVector.fromArray(SPECIES, b, j));
            s00 = y.fma(FloatVector.broadcast(SPECIES, a[aFrom + p]), s00);
            s01 = y.fma(FloatVector.broadcast(SPECIES, a[row1 + p]), s01);
            s02 = y.fma(FloatVector.broadcast(SPECIES, a[row2 + p]), s02);
            j += bStride;
            y = TYPE.cast(FloatVector.fromArray(SPECIES, b, j));
            s10 = y.fma(FloatVector.broadcast(SPECIES, a[aFrom + p + 1]), s10);
            s11 = y.fma(FloatVector.broadcast(SPECIES, a[row1 + p + 1]), s11);
            s12 = y.fma(FloatVector.broadcast(SPECIES, a[row2 + p + 1]), s12);
            j += bStride;
            y = TYPE.cast(FloatVector.fromArray(SPECIES, b, j));
            s20 = y.fma(FloatVector.broadcast(SPECIES, a[aFrom + p + 2]), s20);
            s21 = y.fma(FloatVector.broadcast(SPECIES, a[row1 + p + 2]), s21);
            s22 = y.fma(FloatVector.broadcast(SPECIES, a[row2 + p + 2]), s22);
            j += bStride;
            y = TYPE.cast(FloatVector.fromArray(SPECIES, b, j));
            s30 = y.fma(FloatVector.broadcast(SPECIES, a[aFrom + p + 3]), s30);
            s31 = y.fma(FloatVector.broadcast(SPECIES, a[row1 + p + 3]), s31);
            s32 = y.fma(FloatVector.broadcast(SPECIES, a[row2 + p + 3]), s32);
            j += bStride;
            p += FloatSums.FEW;
        } while (p < depth);
        TYPE.cast(s00).intoArray(sums, 0);
        TYPE.cast(s01).intoArray(sums, 1 * LANES);
        TYPE.cast(s02).intoArray(sums, 2 * LANES);
        TYPE.cast(s10).intoArray(sums, 4 * LANES);
        TYPE.cast(s11).intoArray(sums, 5 * LANES);
        TYPE.cast(s12).intoArray(sums, 6 * LANES);
        TYPE.cast(s20).intoArray(sums, 8 * LANES);
        TYPE.cast(s21).intoArray(sums, 9 * LANES);
        TYPE.cast(s22).intoArray(sums, 10 * LANES);
        TYPE.cast(s30).intoArray(sums, 12 * LANES);
        TYPE.cast(s31).intoArray(sums, 13 * LANES);
        TYPE.cast(s32).intoArray(sums, 14 * LANES);
    }

    private static void fourRows(
            float[] a,
            int aFrom,
            int aStride,
            float[] b,
            int bFrom,
            int bStride,
            int depth,
            float[] sums) {
        int row1 = aFrom + aStride;
        int row2 = row1 + aStride;
        int row3 = row2 + aStride;
        FloatVector s00 = TYPE.cast(FloatVector.fromArray(SPECIES, sums, 0));
        FloatVector s01 = TYPE.cast(FloatVector.fromArray(SPECIES, sums, 1 * LANES));
        FloatVector s02 = TYPE.cast(FloatVector.fromArray(SPECIES, sums, 2 * LANES));
        FloatVector s03 = TYPE.cast(FloatVector.fromArray(SPECIES, sums, 3 * LANES));
        FloatVector s10 = TYPE.cast(FloatVector.fromArray(SPECIES, sums, 4 * LANES));
        FloatVector s11 = TYPE.cast(FloatVector.fromArray(SPECIES, sums, 5 * LANES));
        FloatVector s12 = TYPE.cast(FloatVector.fromArray(SPECIES, sums, 6 * LANES));
        FloatVector s13 = TYPE.cast(FloatVector.fromArray(SPECIES, sums, 7 * LANES));
        FloatVector s20 = TYPE.cast(FloatVector.fromArray(SPECIES, sums, 8 * LANES));
        FloatVector s21 = TYPE.cast(FloatVector.fromArray(SPECIES, sums, 9 * LANES));
        FloatVector s22 = TYPE.cast(FloatVector.fromArray(SPECIES, sums, 10 * LANES));
        FloatVector s23 = TYPE.cast(FloatVector.fromArray(SPECIES, sums, 11 * LANES));
        FloatVector s30 = TYPE.cast(FloatVector.fromArray(SPECIES, sums, 12 * LANES));
        FloatVector s31 = TYPE.cast(FloatVector.fromArray(SPECIES, sums, 13 * LANES));
        FloatVector s32 = TYPE.cast(FloatVector.fromArray(SPECIES, sums, 14 * LANES));
        FloatVector s33 = TYPE.cast(FloatVector.fromArray(SPECIES, sums, 15 * LANES));
        int p = 0;
        int j = bFrom;
        do {
            FloatVector y = TYPE.cast(FloatVector.fromArray(SPECIES, b, j));
            s00 = y.fma(FloatVector.broadcast(SPECIES, a[aFrom + p]), s00);
            s01 = y.fma(FloatVector.broadcast(SPECIES, a[row1 + p]), s01);
            s02 = y.fma(FloatVector.broadcast(SPECIES, a[row2 + p]), s02);
            s03 = y.fma(FloatVector.broadcast(SPECIES, a[row3 + p]), s03);
            j += bStride;
            y = TYPE.cast(FloatVector.fromArray(SPECIES, b, j));
            s10 = y.fma(FloatVector.broadcast(SPECIES, a[aFrom + p + 1]), s10);
            s11 = y.fma(FloatVector.broadcast(SPECIES, a[row1 + p + 1]), s11);
            s12 = y.fma(FloatVector.broadcast(SPECIES, a[row2 + p + 1]), s12);
            s13 = y.fma(FloatVector.broadcast(SPECIES, a[row3 + p + 1]), s13);
            j += bStride;
            y = TYPE.cast(FloatVector.fromArray(SPECIES, b, j));
            s20 = y.fma(FloatVector.broadcast(SPECIES, a[aFrom + p + 2]), s20);
            s21 = y.fma(FloatVector.broadcast(SPECIES, a[row1 + p + 2]), s21);
            s22 = y.fma(FloatVector.broadcast(SPECIES, a[row2 + p + 2]), s22);
            s23 = y.fma(FloatVector.broadcast(SPECIES, a[row3 + p + 2]), s23);
            j += bStride;
            y = TYPE.cast(FloatVector.fromArray(SPECIES, b, j));
            s30 = y.fma(FloatVector.broadcast(SPECIES, a[aFrom + p + 3]), s30);
            s31 = y.fma(FloatVector.broadcast(SPECIES, a[row1 + p + 3]), s31);
            s32 = y.fma(FloatVector.broadcast(SPECIES, a[row2 + p + 3]), s32);
            s33 = y.fma(FloatVector.broadcast(SPECIES, a[row3 + p + 3]), s33);
            j += bStride;
            p += FloatSums.FEW;
        } while (p < depth);
        TYPE.cast(s00).intoArray(sums, 0);
        TYPE.cast(s01).intoArray(sums, 1 * LANES);
        TYPE.cast(s02).intoArray(sums, 2 * LANES);
        TYPE.cast(s03).intoArray(sums, 3 * LANES);
        TYPE.cast(s10).intoArray(sums, 4 * LANES);
        TYPE.cast(s11).intoArray(sums, 5 * LANES);
        TYPE.cast(s12).intoArray(sums, 6 * LANES);
        TYPE.cast(s13).intoArray(sums, 7 * LANES);
        TYPE.cast(s20).intoArray(sums, 8 * LANES);
        TYPE.cast(s21).intoArray(sums, 9 * LANES);
        TYPE.cast(s22).intoArray(sums, 10 * LANES);
        TYPE.cast(s23).intoArray(sums, 11 * LANES);
        TYPE.cast(s30).intoArray(sums, 12 * LANES);
        TYPE.cast(s31).intoArray(sums, 13 * LANES);
        TYPE.cast(s32).intoArray(sums, 14 * LANES);
        TYPE.cast(s33).intoArray(sums, 15 * LANES);
    }
}
