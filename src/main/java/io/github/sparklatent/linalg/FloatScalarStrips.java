package io.github.sparklatent.linalg;

/** The narrower tiles and the single rows beside {@link FloatScalarTiles}. */
final class FloatScalarStrips implements FloatStrips {
    @Override
    public void tile(
            int rows,
            float[] a,
            int aFrom,
            int aRow,
            int aStep,
            float[] b,
            int bFrom,
            int bStride,
            int depth,
            float[] c,
            int cFrom,
            int cStride,
            boolean add) {
        int to1 = cFrom + Math.min(1, rows - 1) * cStride;
        int to2 = cFrom + Math.min(2, rows - 1) * cStride;
        int to3 = cFrom + Math.min(3, rows - 1) * cStride;
        float c00 = add ? c[cFrom] : 0f;
        float c01 = add ? c[cFrom + 1] : 0f;
        float c10 = add ? c[to1] : 0f;
        float c11 = add ? c[to1 + 1] : 0f;
        float c20 = add ? c[to2] : 0f;
        float c21 = add ? c[to2 + 1] : 0f;
        float c30 = add ? c[to3] : 0f;
        float c31 = add ? c[to3 + 1] : 0f;
        int row1 = aStep == 1 ? Math.min(1, rows - 1) * aRow : aRow;
        int row2 = aStep == 1 ? Math.min(2, rows - 1) * aRow : 2 * aRow;
        int row3 = aStep == 1 ? Math.min(3, rows - 1) * aRow : 3 * aRow;
        for (int p = 0, i = aFrom, j = bFrom; p < depth; p++, i += aStep, j += bStride) {
            float y0 = b[j];
            float y1 = b[j + 1];
            float x = a[i];
            c00 = Math.fma(x, y0, c00);
            c01 = Math.fma(x, y1, c01);
            x = a[i + row1];
            c10 = Math.fma(x, y0, c10);
            c11 = Math.fma(x, y1, c11);
            x = a[i + row2];
            c20 = Math.fma(x, y0, c20);
            c21 = Math.fma(x, y1, c21);
            x = a[i + row3];
            c30 = Math.fma(x, y0, c30);
            c31 = Math.fma(x, y1, c31);
        }
        c[to3] = c30;
        c[to3 + 1] = c31;
        c[to2] = c20;
        c[to2 + 1] = c21;
        c[to1] = c10;
        c[to1 + 1] = c11;
        c[cFrom] = c00;
        c[cFrom + 1] = c01;
    }

    @Override
    public void row(
            float[] a,
            int aFrom,
            int aStep,
            float[] b,
            int bFrom,
            int bStride,
            float[] c,
            int cFrom,
            int length) {
        for (int j = 0; j < length; j++) {
            float sum = c[cFrom + j];
            for (int p = 0, i = aFrom, at = bFrom + j; p < TERMS; p++, i += aStep, at += bStride) {
                sum = Math.fma(a[i], b[at], sum);
            }
            c[cFrom + j] = sum;
        }
    }

    @Override
    public void term(float x, float[] b, int bFrom, float[] c, int cFrom, int length) {
        for (int j = 0; j < length; j++) {
            c[cFrom + j] = Math.fma(x, b[bFrom + j], c[cFrom + j]);
        }
    }

    @Override
    public void copy(float[] in, int from, int stride, int depth, float[] out, int to) {
        int columns = 2 * FloatScalarTiles.LANES;
        for (int p = 0; p < depth; p++) {
            System.arraycopy(in, from + p * stride, out, to + p * columns, columns);
        }
    }
}
