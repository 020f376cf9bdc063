package io.github.sparklatent.linalg;

import java.util.Arrays;

/**
 * Products with few rows or columns, which read each element of the large operand a few times only:
 * in place where its rows run along the result, else row by row with several sums at a time.
 */
final class FloatThinProducts {
    /** Sums at a time: enough to hide how long one multiply-add takes. */
    private static final int SUMS = 8;

    private final FloatTiles tiles;
    private final float[] edge;
    private final float[] column = new float[SUMS];
    private float[] packed = new float[0];

    FloatThinProducts(FloatTiles tiles) {
        this.tiles = tiles;
        this.edge = new float[tiles.width()];
    }

    /** c ← (add ? c : 0) + a b; best where a has few rows or b has few columns. */
    void run(FloatView a, FloatView b, FloatView c, boolean add) {
        boolean row = c.height() <= c.width();
        if (row && !b.transposed()) {
            strips(a, b, c, add);
        } else if (row) {
            columns(b.transpose(), a.transpose(), c.transpose(), add);
        } else if (a.transposed()) {
            strips(b.transpose(), a.transpose(), c.transpose(), add);
        } else {
            columns(a, b, c, add);
        }
    }

    /** b is not transposed. */
    private void strips(FloatView a, FloatView b, FloatView c, boolean add) {
        int width = tiles.width();
        int depth = a.width();
        int step = a.transposed() ? a.stride() : 1;
        for (int j = 0; j < c.width(); j += width) {
            int w = Math.min(width, c.width() - j);
            float[] from = b.data();
            int at = b.offset() + j;
            int stride = b.stride();
            if (w < width) {
                packed = FloatProducts.grown(packed, depth * width);
                FloatPanels.pack(b, 0, depth, j, w, width, packed);
                from = packed;
                at = 0;
                stride = width;
            }
            for (int i = 0; i < c.height(); i++) {
                int row = a.offset() + i * (a.transposed() ? 1 : a.stride());
                if (add) {
                    FloatPanels.read(c, i, 1, j, w, edge, width);
                }
                tiles.strip(a.data(), row, step, from, at, stride, depth, edge, 0, add);
                FloatPanels.write(edge, width, c, i, 1, j, w);
            }
        }
    }

    /** a is not transposed. */
    private void columns(FloatView a, FloatView b, FloatView c, boolean add) {
        int depth = a.width();
        packed = FloatProducts.grown(packed, depth);
        for (int j = 0; j < c.width(); j++) {
            FloatPanels.read(b, 0, depth, j, 1, packed, 1);
            for (int i = 0; i < c.height(); i += SUMS) {
                int count = Math.min(SUMS, c.height() - i);
                if (add) {
                    FloatPanels.read(c, i, count, j, 1, column, 1);
                } else {
                    Arrays.fill(column, 0f);
                }
                int from = a.offset() + i * a.stride();
                if (count == SUMS) {
                    eight(a.data(), from, a.stride(), packed, depth, column);
                } else {
                    for (int r = 0; r < count; r++) {
                        int row = from + r * a.stride();
                        column[r] = one(a.data(), row, packed, depth, column[r]);
                    }
                }
                FloatPanels.write(column, 1, c, i, count, j, 1);
            }
        }
    }

    private static float one(float[] a, int from, float[] b, int depth, float start) {
        float sum = start;
        for (int p = 0; p < depth; p++) {
            sum = Math.fma(a[from + p], b[p], sum);
        }
        return sum;
    }

    private static void eight(
            float[] a, int from, int stride, float[] b, int depth, float[] column) {
        float c0 = column[0];
        float c1 = column[1];
        float c2 = column[2];
        float c3 = column[3];
        float c4 = column[4];
        float c5 = column[5];
        float c6 = column[6];
        float c7 = column[7];
        for (int p = 0; p < depth; p++) {
            float x = b[p];
            c0 = Math.fma(a[from + p], x, c0);
            c1 = Math.fma(a[from + stride + p], x, c1);
            c2 = Math.fma(a[from + 2 * stride + p], x, c2);
            c3 = Math.fma(a[from + 3 * stride + p], x, c3);
            c4 = Math.fma(a[from + 4 * stride + p], x, c4);
            c5 = Math.fma(a[from + 5 * stride + p], x, c5);
            c6 = Math.fma(a[from + 6 * stride + p], x, c6);
            c7 = Math.fma(a[from + 7 * stride + p], x, c7);
        }
        column[0] = c0;
        column[1] = c1;
        column[2] = c2;
        column[3] = c3;
        column[4] = c4;
        column[5] = c5;
        column[6] = c6;
        column[7] = c7;
    }
}
