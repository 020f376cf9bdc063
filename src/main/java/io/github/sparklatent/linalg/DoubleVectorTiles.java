package io.github.sparklatent.linalg;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tiles in vector registers: two vectors wide and, where there are 32 registers, eight rows high,
 * else four. The accumulators are as many local variables and the species is a constant of the
 * class: with an array, an inner loop or a field in place of either, the JIT would put every vector
 * on the heap.
 */
final class DoubleVectorTiles implements DoubleTiles {
    private static final VectorSpecies<Double> SPECIES = species();
    private static final int LANES = SPECIES.length();
    private static final boolean TALL = SPECIES.vectorBitSize() == 512;

    /** The widest registers, or as many bits as this hidden class was given as its class data. */
    private static VectorSpecies<Double> species() {
        try {
            Integer bits = MethodHandles.classData(MethodHandles.lookup(), "_", Integer.class);
            return bits == null
                    ? DoubleVector.SPECIES_PREFERRED
                    : VectorSpecies.of(double.class, VectorShape.forBitSize(bits));
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
            double[] a,
            int aFrom,
            double[] b,
            int bFrom,
            int depth,
            double[] c,
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
            double[] a,
            int aFrom,
            double[] b,
            int bFrom,
            int depth,
            double[] c,
            int cFrom,
            int stride,
            boolean add) {
        DoubleVector c00 = start(c, cFrom, add);
        DoubleVector c01 = start(c, cFrom + LANES, add);
        DoubleVector c10 = start(c, cFrom + stride, add);
        DoubleVector c11 = start(c, cFrom + stride + LANES, add);
        DoubleVector c20 = start(c, cFrom + 2 * stride, add);
        DoubleVector c21 = start(c, cFrom + 2 * stride + LANES, add);
        DoubleVector c30 = start(c, cFrom + 3 * stride, add);
        DoubleVector c31 = start(c, cFrom + 3 * stride + LANES, add);
        DoubleVector c40 = start(c, cFrom + 4 * stride, add);
        DoubleVector c41 = start(c, cFrom + 4 * stride + LANES, add);
        DoubleVector c50 = start(c, cFrom + 5 * stride, add);
        DoubleVector c51 = start(c, cFrom + 5 * stride + LANES, add);
        DoubleVector c60 = start(c, cFrom + 6 * stride, add);
        DoubleVector c61 = start(c, cFrom + 6 * stride + LANES, add);
        DoubleVector c70 = start(c, cFrom + 7 * stride, add);
        DoubleVector c71 = start(c, cFrom + 7 * stride + LANES, add);
        for (int p = 0, i = aFrom, j = bFrom; p < depth; p++, i += 8, j += 2 * LANES) {
            DoubleVector y0 = DoubleVector.fromArray(SPECIES, b, j);
            DoubleVector y1 = DoubleVector.fromArray(SPECIES, b, j + LANES);
            DoubleVector x = DoubleVector.broadcast(SPECIES, a[i]);
            c00 = x.fma(y0, c00);
            c01 = x.fma(y1, c01);
            x = DoubleVector.broadcast(SPECIES, a[i + 1]);
            c10 = x.fma(y0, c10);
            c11 = x.fma(y1, c11);
            x = DoubleVector.broadcast(SPECIES, a[i + 2]);
            c20 = x.fma(y0, c20);
            c21 = x.fma(y1, c21);
            x = DoubleVector.broadcast(SPECIES, a[i + 3]);
            c30 = x.fma(y0, c30);
            c31 = x.fma(y1, c31);
            x = DoubleVector.broadcast(SPECIES, a[i + 4]);
            c40 = x.fma(y0, c40);
            c41 = x.fma(y1, c41);
            x = DoubleVector.broadcast(SPECIES, a[i + 5]);
            c50 = x.fma(y0, c50);
            c51 = x.fma(y1, c51);
            x = DoubleVector.broadcast(SPECIES, a[i + 6]);
            c60 = x.fma(y0, c60);
            c61 = x.fma(y1, c61);
            x = DoubleVector.broadcast(SPECIES, a[i + 7]);
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
            double[] a,
            int aFrom,
            double[] b,
            int bFrom,
            int depth,
            double[] c,
            int cFrom,
            int stride,
            boolean add) {
        DoubleVector c00 = start(c, cFrom, add);
        DoubleVector c01 = start(c, cFrom + LANES, add);
        DoubleVector c10 = start(c, cFrom + stride, add);
        DoubleVector c11 = start(c, cFrom + stride + LANES, add);
        DoubleVector c20 = start(c, cFrom + 2 * stride, add);
        DoubleVector c21 = start(c, cFrom + 2 * stride + LANES, add);
        DoubleVector c30 = start(c, cFrom + 3 * stride, add);
        DoubleVector c31 = start(c, cFrom + 3 * stride + LANES, add);
        for (int p = 0, i = aFrom, j = bFrom; p < depth; p++, i += 4, j += 2 * LANES) {
            DoubleVector y0 = DoubleVector.fromArray(SPECIES, b, j);
            DoubleVector y1 = DoubleVector.fromArray(SPECIES, b, j + LANES);
            DoubleVector x = DoubleVector.broadcast(SPECIES, a[i]);
            c00 = x.fma(y0, c00);
            c01 = x.fma(y1, c01);
            x = DoubleVector.broadcast(SPECIES, a[i + 1]);
            c10 = x.fma(y0, c10);
            c11 = x.fma(y1, c11);
            x = DoubleVector.broadcast(SPECIES, a[i + 2]);
            c20 = x.fma(y0, c20);
            c21 = x.fma(y1, c21);
            x = DoubleVector.broadcast(SPECIES, a[i + 3]);
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
            double[] a,
            int aFrom,
            int step,
            double[] b,
            int bFrom,
            int stride,
            int depth,
            double[] c,
            int cFrom,
            boolean add) {
        DoubleVector c0 = start(c, cFrom, add);
        DoubleVector c1 = start(c, cFrom + LANES, add);
        DoubleVector c2 = start(c, cFrom + 2 * LANES, add);
        DoubleVector c3 = start(c, cFrom + 3 * LANES, add);
        for (int p = 0, i = aFrom, j = bFrom; p < depth; p++, i += step, j += stride) {
            DoubleVector x = DoubleVector.broadcast(SPECIES, a[i]);
            c0 = x.fma(DoubleVector.fromArray(SPECIES, b, j), c0);
            c1 = x.fma(DoubleVector.fromArray(SPECIES, b, j + LANES), c1);
            c2 = x.fma(DoubleVector.fromArray(SPECIES, b, j + 2 * LANES), c2);
            c3 = x.fma(DoubleVector.fromArray(SPECIES, b, j + 3 * LANES), c3);
        }
        c0.intoArray(c, cFrom);
        c1.intoArray(c, cFrom + LANES);
        c2.intoArray(c, cFrom + 2 * LANES);
        c3.intoArray(c, cFrom + 3 * LANES);
    }

    private static DoubleVector start(double[] c, int from, boolean add) {
        return add ? DoubleVector.fromArray(SPECIES, c, from) : DoubleVector.zero(SPECIES);
    }
}
