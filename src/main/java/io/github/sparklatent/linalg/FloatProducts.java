package io.github.sparklatent.linalg;

/**
 * Products of matrices of floats. Each element's sum runs over the inner dimension in order, with
 * fused multiply-adds. An object belongs to one thread.
 */
public final class FloatProducts {
    /**
     * c ← a b.
     *
     * @param a m × k
     * @param b k × n
     * @param c m × n, not transposed; overlaps neither a nor b
     */
    public void multiply(FloatView a, FloatView b, FloatView c) {
        run(a, b, c, false);
    }

    /** c ← c + a b; see {@link #multiply}. */
    public void multiplyAdd(FloatView a, FloatView b, FloatView c) {
        run(a, b, c, true);
    }

    private static void run(FloatView a, FloatView b, FloatView c, boolean add) {
        if (a.width() != b.height() || a.height() != c.height() || b.width() != c.width()) {
            throw new IllegalArgumentException(
                    "product of %d x %d and %d x %d into %d x %d"
                            .formatted(
                                    a.height(),
                                    a.width(),
                                    b.height(),
                                    b.width(),
                                    c.height(),
                                    c.width()));
        }
        for (int i = 0; i < c.rows(); i++) {
            int to = c.offset() + i * c.stride();
            if (!add) {
                java.util.Arrays.fill(c.data(), to, to + c.columns(), 0f);
            }
            for (int p = 0; p < a.width(); p++) {
                float factor = a.data()[at(a, i, p)];
                for (int j = 0; j < c.columns(); j++) {
                    c.data()[to + j] = Math.fma(factor, b.data()[at(b, p, j)], c.data()[to + j]);
                }
            }
        }
    }

    private static int at(FloatView view, int row, int column) {
        return view.offset()
                + (view.transposed() ? column * view.stride() + row : row * view.stride() + column);
    }
}
