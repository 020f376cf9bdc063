package io.github.sparklatent.linalg;

/** What {@link DoubleTiles} are too wide for; of the same height and the same vectors. */
interface DoubleStrips {
    /** Terms of {@link #row}. */
    int TERMS = 8;

    /** A tile one vector wide; see {@link DoubleTiles#tile}. */
    void tile(
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
            boolean add);

    /**
     * Eight terms of one row of a product.
     *
     * <pre>
     *   c_j ← c_j + Σ_p a_p b_pj         j &lt; length, p &lt; TERMS
     * </pre>
     *
     * @param a terms, aStep apart, from an offset on. Not modified.
     * @param b TERMS × length with a stride from an offset on. Not modified.
     * @param c length elements from an offset on. Modified.
     * @param length a multiple of the vector's lanes
     */
    void row(
            double[] a,
            int aFrom,
            int aStep,
            double[] b,
            int bFrom,
            int bStride,
            double[] c,
            int cFrom,
            int length);

    /**
     * One term of one row of a product.
     *
     * <pre>
     *   c_j ← (add ? c_j : 0) + x b_j                j &lt; length
     * </pre>
     *
     * @param b length elements from an offset on. Not modified.
     * @param c length elements from an offset on. Modified.
     */
    void term(double x, double[] b, int bFrom, double[] c, int cFrom, int length, boolean add);

    /**
     * Copies columns that fill two vectors, row after row without gaps.
     *
     * @param in depth × 2 vectors with a stride from an offset on. Not modified.
     * @param out depth × 2 vectors, dense from an offset on. Modified.
     */
    void copy(double[] in, int from, int stride, int depth, double[] out, int to);
}
