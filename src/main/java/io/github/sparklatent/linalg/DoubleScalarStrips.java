package io.github.sparklatent.linalg;

/** The narrower tiles and the single rows beside {@link DoubleScalarTiles}. */
final class DoubleScalarStrips implements DoubleStrips {
    @Override
    public void tile(
            int rows,
            double[] a,
            int aFrom,
            int aRow,
            int aStep,
            double[] b,
            int bFrom,
            int bStride,
            int depth,
            double[] c,
            int cFrom,
            int cStride,
            boolean add) {
        int to1 = cFrom + Math.min(1, rows - 1) * cStride;
        int to2 = cFrom + Math.min(2, rows - 1) * cStride;
        int to3 = cFrom + Math.min(3, rows - 1) * cStride;
        double c00 = add ? c[cFrom] : 0d;
        double c01 = add ? c[cFrom + 1] : 0d;
        double c10 = add ? c[to1] : 0d;
        double c11 = add ? c[to1 + 1] : 0d;
        double c20 = add ? c[to2] : 0d;
        double c21 = add ? c[to2 + 1] : 0d;
        double c30 = add ? c[to3] : 0d;
        double c31 = add ? c[to3 + 1] : 0d;
        int row1 = aStep == 1 ? Math.min(1, rows - 1) * aRow : aRow;
        int row2 = aStep == 1 ? Math.min(2, rows - 1) * aRow : 2 * aRow;
        int row3 = aStep == 1 ? Math.min(3, rows - 1) * aRow : 3 * aRow;
        for (int p = 0, i = aFrom, j = bFrom; p < depth; p++, i += aStep, j += bStride) {
            double y0 = b[j];
            double y1 = b[j + 1];
            double x = a[i];
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
            double[] a,
            int aFrom,
            int aStep,
            double[] b,
            int bFrom,
            int bStride,
            double[] c,
            int cFrom,
            int length) {
        for (int j = 0; j < length; j++) {
            double sum = c[cFrom + j];
            for (int p = 0, i = aFrom, at = bFrom + j; p < TERMS; p++, i += aStep, at += bStride) {
                sum = Math.fma(a[i], b[at], sum);
            }
            c[cFrom + j] = sum;
        }
    }

    @Override
    public void term(
            double x, double[] b, int bFrom, double[] c, int cFrom, int length, boolean add) {
        for (int j = 0; j < length; j++) {
            c[cFrom + j] = Math.fma(x, b[bFrom + j], add ? c[cFrom + j] : 0d);
        }
    }

    @Override
    public void copy(double[] in, int from, int stride, int depth, double[] out, int to) {
        int columns = 2 * DoubleScalarTiles.LANES;
        for (int p = 0; p < depth; p++) {
            System.arraycopy(in, from + p * stride, out, to + p * columns, columns);
        }
    }
}
