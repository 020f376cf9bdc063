package io.github.sparklatent.linalg;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tiles in vector registers: two vectors wide and, where there are 32 registers, eight rows high,
 * else four. The accumulators are as many local variables and the species is a constant of the
 * class: with an array, an inner loop or a field in place of either, the JIT would put every vector
 * on the heap.
 */
final class FloatVectorTiles implements FloatTiles {
    private static final VectorSpecies<Float> SPECIES = species();
    private static final int LANES = SPECIES.length();
    private static final boolean TALL = SPECIES.vectorBitSize() == 512;

    /** The widest registers, or as many bits as this hidden class was given as its class data. */
    private static VectorSpecies<Float> species() {
        try {
            Integer bits = MethodHandles.classData(MethodHandles.lookup(), "_", Integer.class);
            return bits == null
                    ? FloatVector.SPECIES_PREFERRED
                    : VectorSpecies.of(float.class, VectorShape.forBitSize(bits));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public int rows() {
        return TALL ? 8 : 4;
    }

    @Override
    public int columns() {
        return 2 * LANES;
    }

    @Override
    public int width() {
        return 4 * LANES;
    }

    @Override
    public void tile(
            float[] a,
            int aFrom,
            float[] b,
            int bFrom,
            int depth,
            float[] c,
            int cFrom,
            int stride,
            boolean add) {
        if (TALL) {
            eight(a, aFrom, b, bFrom, depth, c, cFrom, stride, add);
        } else {
            four(a, aFrom, b, bFrom, depth, c, cFrom, stride, add);
        }
    }

    private static void eight(
            float[] a,
            int aFrom,
            float[] b,
            int bFrom,
            int depth,
            float[] c,
            int cFrom,
            int stride,
            boolean add) {
        FloatVector c00 = start(c, cFrom, add);
        FloatVector c01 = start(c, cFrom + LANES, add);
        FloatVector c10 = start(c, cFrom + stride, add);
        FloatVector c11 = start(c, cFrom + stride + LANES, add);
        FloatVector c20 = start(c, cFrom + 2 * stride, add);
        FloatVector c21 = start(c, cFrom + 2 * stride + LANES, add);
        FloatVector c30 = start(c, cFrom + 3 * stride, add);
        FloatVector c31 = start(c, cFrom + 3 * stride + LANES, add);
        FloatVector c40 = start(c, cFrom + 4 * stride, add);
        FloatVector c41 = start(c, cFrom + 4 * stride + LANES, add);
        FloatVector c50 = start(c, cFrom + 5 * stride, add);
        FloatVector c51 = start(c, cFrom + 5 * stride + LANES, add);
        FloatVector c60 = start(c, cFrom + 6 * stride, add);
        FloatVector c61 = start(c, cFrom + 6 * stride + LANES, add);
        FloatVector c70 = start(c, cFrom + 7 * stride, add);
        FloatVector c71 = start(c, cFrom + 7 * stride + LANES, add);
        for (int p = 0, i = aFrom, j = bFrom; p < depth; p++, i += 8, j += 2 * LANES) {
            FloatVector y0 = FloatVector.fromArray(SPECIES, b, j);
            FloatVector y1 = FloatVector.fromArray(SPECIES, b, j + LANES);
            FloatVector x = FloatVector.broadcast(SPECIES, a[i]);
            c00 = x.fma(y0, c00);
            c01 = x.fma(y1, c01);
            x = FloatVector.broadcast(SPECIES, a[i + 1]);
            c10 = x.fma(y0, c10);
            c11 = x.fma(y1, c11);
            x = FloatVector.broadcast(SPECIES, a[i + 2]);
            c20 = x.fma(y0, c20);
            c21 = x.fma(y1, c21);
            x = FloatVector.broadcast(SPECIES, a[i + 3]);
            c30 = x.fma(y0, c30);
            c31 = x.fma(y1, c31);
            x = FloatVector.broadcast(SPECIES, a[i + 4]);
            c40 = x.fma(y0, c40);
            c41 = x.fma(y1, c41);
            x = FloatVector.broadcast(SPECIES, a[i + 5]);
            c50 = x.fma(y0, c50);
            c51 = x.fma(y1, c51);
            x = FloatVector.broadcast(SPECIES, a[i + 6]);
            c60 = x.fma(y0, c60);
            c61 = x.fma(y1, c61);
            x = FloatVector.broadcast(SPECIES, a[i + 7]);
            c70 = x.fma(y0, c70);
            c71 = x.fma(y1, c71);
        }
        c00.intoArray(c, cFrom);
        c01.intoArray(c, cFrom + LANES);
        c10.intoArray(c, cFrom + stride);
        c11.intoArray(c, cFrom + stride + LANES);
        c20.intoArray(c, cFrom + 2 * stride);
        c21.intoArray(c, cFrom + 2 * stride + LANES);
        c30.intoArray(c, cFrom + 3 * stride);
        c31.intoArray(c, cFrom + 3 * stride + LANES);
        c40.intoArray(c, cFrom + 4 * stride);
        c41.intoArray(c, cFrom + 4 * stride + LANES);
        c50.intoArray(c, cFrom + 5 * stride);
        c51.intoArray(c, cFrom + 5 * stride + LANES);
        c60.intoArray(c, cFrom + 6 * stride);
        c61.intoArray(c, cFrom + 6 * stride + LANES);
        c70.intoArray(c, cFrom + 7 * stride);
        c71.intoArray(c, cFrom + 7 * stride + LANES);
    }

    private static void four(
            float[] a,
            int aFrom,
            float[] b,
            int bFrom,
            int depth,
            float[] c,
            int cFrom,
            int stride,
            boolean add) {
        FloatVector c00 = start(c, cFrom, add);
        FloatVector c01 = start(c, cFrom + LANES, add);
        FloatVector c10 = start(c, cFrom + stride, add);
        FloatVector c11 = start(c, cFrom + stride + LANES, add);
        FloatVector c20 = start(c, cFrom + 2 * stride, add);
        FloatVector c21 = start(c, cFrom + 2 * stride + LANES, add);
        FloatVector c30 = start(c, cFrom + 3 * stride, add);
        FloatVector c31 = start(c, cFrom + 3 * stride + LANES, add);
        for (int p = 0, i = aFrom, j = bFrom; p < depth; p++, i += 4, j += 2 * LANES) {
            FloatVector y0 = FloatVector.fromArray(SPECIES, b, j);
            FloatVector y1 = FloatVector.fromArray(SPECIES, b, j + LANES);
            FloatVector x = FloatVector.broadcast(SPECIES, a[i]);
            c00 = x.fma(y0, c00);
            c01 = x.fma(y1, c01);
            x = FloatVector.broadcast(SPECIES, a[i + 1]);
            c10 = x.fma(y0, c10);
            c11 = x.fma(y1, c11);
            x = FloatVector.broadcast(SPECIES, a[i + 2]);
            c20 = x.fma(y0, c20);
            c21 = x.fma(y1, c21);
            x = FloatVector.broadcast(SPECIES, a[i + 3]);
            c30 = x.fma(y0, c30);
            c31 = x.fma(y1, c31);
        }
        c00.intoArray(c, cFrom);
        c01.intoArray(c, cFrom + LANES);
        c10.intoArray(c, cFrom + stride);
        c11.intoArray(c, cFrom + stride + LANES);
        c20.intoArray(c, cFrom + 2 * stride);
        c21.intoArray(c, cFrom + 2 * stride + LANES);
        c30.intoArray(c, cFrom + 3 * stride);
        c31.intoArray(c, cFrom + 3 * stride + LANES);
    }

    @Override
    public void strip(
            float[] a,
            int aFrom,
            int step,
            float[] b,
            int bFrom,
            int stride,
            int depth,
            float[] c,
            int cFrom,
            boolean add) {
        FloatVector c0 = start(c, cFrom, add);
        FloatVector c1 = start(c, cFrom + LANES, add);
        FloatVector c2 = start(c, cFrom + 2 * LANES, add);
        FloatVector c3 = start(c, cFrom + 3 * LANES, add);
        for (int p = 0, i = aFrom, j = bFrom; p < depth; p++, i += step, j += stride) {
            FloatVector x = FloatVector.broadcast(SPECIES, a[i]);
            c0 = x.fma(FloatVector.fromArray(SPECIES, b, j), c0);
            c1 = x.fma(FloatVector.fromArray(SPECIES, b, j + LANES), c1);
            c2 = x.fma(FloatVector.fromArray(SPECIES, b, j + 2 * LANES), c2);
            c3 = x.fma(FloatVector.fromArray(SPECIES, b, j + 3 * LANES), c3);
        }
        c0.intoArray(c, cFrom);
        c1.intoArray(c, cFrom + LANES);
        c2.intoArray(c, cFrom + 2 * LANES);
        c3.intoArray(c, cFrom + 3 * LANES);
    }

    private static FloatVector start(float[] c, int from, boolean add) {
        return add ? FloatVector.fromArray(SPECIES, c, from) : FloatVector.zero(SPECIES);
    }
}
