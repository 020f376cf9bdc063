package io.github.sparklatent.linalg;

/** Tiles of 4 × 4 numbers in local variables, for Javas without vectors. */
final class FloatScalarTiles implements FloatTiles {
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
            float[] a,
            int aFrom,
            float[] b,
            int bFrom,
            int depth,
            float[] c,
            int cFrom,
            int stride,
            boolean add) {
        float c00 = add ? c[cFrom] : 0f;
        float c01 = add ? c[cFrom + 1] : 0f;
        float c02 = add ? c[cFrom + 2] : 0f;
        float c03 = add ? c[cFrom + 3] : 0f;
        float c10 = add ? c[cFrom + stride] : 0f;
        float c11 = add ? c[cFrom + stride + 1] : 0f;
        float c12 = add ? c[cFrom + stride + 2] : 0f;
        float c13 = add ? c[cFrom + stride + 3] : 0f;
        float c20 = add ? c[cFrom + 2 * stride] : 0f;
        float c21 = add ? c[cFrom + 2 * stride + 1] : 0f;
        float c22 = add ? c[cFrom + 2 * stride + 2] : 0f;
        float c23 = add ? c[cFrom + 2 * stride + 3] : 0f;
        float c30 = add ? c[cFrom + 3 * stride] : 0f;
        float c31 = add ? c[cFrom + 3 * stride + 1] : 0f;
        float c32 = add ? c[cFrom + 3 * stride + 2] : 0f;
        float c33 = add ? c[cFrom + 3 * stride + 3] : 0f;
        for (int p = 0, i = aFrom, j = bFrom; p < depth; p++, i += 4, j += 4) {
            float y0 = b[j];
            float y1 = b[j + 1];
            float y2 = b[j + 2];
            float y3 = b[j + 3];
            float x = a[i];
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
        float c0 = add ? c[cFrom] : 0f;
        float c1 = add ? c[cFrom + 1] : 0f;
        float c2 = add ? c[cFrom + 2] : 0f;
        float c3 = add ? c[cFrom + 3] : 0f;
        for (int p = 0, i = aFrom, j = bFrom; p < depth; p++, i += step, j += stride) {
            float x = a[i];
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
