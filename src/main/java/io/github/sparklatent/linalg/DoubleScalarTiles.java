package io.github.sparklatent.linalg;

/** Tiles of 4 × 4 numbers in local variables, for Javas without vectors. */
final class DoubleScalarTiles implements DoubleTiles {
    @Override
    public int rows() {
        return 4;
    }

    @Override
    public int columns() {
        return 4;
    }

    @Override
    public int width() {
        return 4;
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
        double c00 = add ? c[cFrom] : 0d;
        double c01 = add ? c[cFrom + 1] : 0d;
        double c02 = add ? c[cFrom + 2] : 0d;
        double c03 = add ? c[cFrom + 3] : 0d;
        double c10 = add ? c[cFrom + stride] : 0d;
        double c11 = add ? c[cFrom + stride + 1] : 0d;
        double c12 = add ? c[cFrom + stride + 2] : 0d;
        double c13 = add ? c[cFrom + stride + 3] : 0d;
        double c20 = add ? c[cFrom + 2 * stride] : 0d;
        double c21 = add ? c[cFrom + 2 * stride + 1] : 0d;
        double c22 = add ? c[cFrom + 2 * stride + 2] : 0d;
        double c23 = add ? c[cFrom + 2 * stride + 3] : 0d;
        double c30 = add ? c[cFrom + 3 * stride] : 0d;
        double c31 = add ? c[cFrom + 3 * stride + 1] : 0d;
        double c32 = add ? c[cFrom + 3 * stride + 2] : 0d;
        double c33 = add ? c[cFrom + 3 * stride + 3] : 0d;
        for (int p = 0, i = aFrom, j = bFrom; p < depth; p++, i += 4, j += 4) {
            double y0 = b[j];
            double y1 = b[j + 1];
            double y2 = b[j + 2];
            double y3 = b[j + 3];
            double x = a[i];
            c00 = Math.fma(x, y0, c00);
            c01 = Math.fma(x, y1, c01);
            c02 = Math.fma(x, y2, c02);
            c03 = Math.fma(x, y3, c03);
            x = a[i + 1];
            c10 = Math.fma(x, y0, c10);
            c11 = Math.fma(x, y1, c11);
            c12 = Math.fma(x, y2, c12);
            c13 = Math.fma(x, y3, c13);
            x = a[i + 2];
            c20 = Math.fma(x, y0, c20);
            c21 = Math.fma(x, y1, c21);
            c22 = Math.fma(x, y2, c22);
            c23 = Math.fma(x, y3, c23);
            x = a[i + 3];
            c30 = Math.fma(x, y0, c30);
            c31 = Math.fma(x, y1, c31);
            c32 = Math.fma(x, y2, c32);
            c33 = Math.fma(x, y3, c33);
        }
        c[cFrom] = c00;
        c[cFrom + 1] = c01;
        c[cFrom + 2] = c02;
        c[cFrom + 3] = c03;
        c[cFrom + stride] = c10;
        c[cFrom + stride + 1] = c11;
        c[cFrom + stride + 2] = c12;
        c[cFrom + stride + 3] = c13;
        c[cFrom + 2 * stride] = c20;
        c[cFrom + 2 * stride + 1] = c21;
        c[cFrom + 2 * stride + 2] = c22;
        c[cFrom + 2 * stride + 3] = c23;
        c[cFrom + 3 * stride] = c30;
        c[cFrom + 3 * stride + 1] = c31;
        c[cFrom + 3 * stride + 2] = c32;
        c[cFrom + 3 * stride + 3] = c33;
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
        double c0 = add ? c[cFrom] : 0d;
        double c1 = add ? c[cFrom + 1] : 0d;
        double c2 = add ? c[cFrom + 2] : 0d;
        double c3 = add ? c[cFrom + 3] : 0d;
        for (int p = 0, i = aFrom, j = bFrom; p < depth; p++, i += step, j += stride) {
            double x = a[i];
            c0 = Math.fma(x, b[j], c0);
            c1 = Math.fma(x, b[j + 1], c1);
            c2 = Math.fma(x, b[j + 2], c2);
            c3 = Math.fma(x, b[j + 3], c3);
        }
        c[cFrom] = c0;
        c[cFrom + 1] = c1;
        c[cFrom + 2] = c2;
        c[cFrom + 3] = c3;
    }
}
