package io.github.sparklatent.linalg;

/** What {@link FloatTiles} are too wide for; of the same height and the same vectors. */
interface FloatStrips {
    /** Terms of {@link #row}. */
    int TERMS = 8;

    /** A tile one vector wide; see {@link FloatTiles#tile}. */
    void tile(
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
            float[] a,
            int aFrom,
            int aStep,
            float[] b,
            int bFrom,
            int bStride,
            float[] c,
            int cFrom,
            int length);

    /**
     * One term of one row of a product.
     *
     * <pre>
     *   c_j ← c_j + x b_j                j &lt; length
     * </pre>
     *
     * @param b length elements from an offset on. Not modified.
     * @param c length elements from an offset on. Modified.
     */
    void term(float x, float[] b, int bFrom, float[] c, int cFrom, int length);

    /**
     * Copies columns that fill two vectors, row after row without gaps.
     *
     * @param in depth × 2 vectors with a stride from an offset on. Not modified.
     * @param out depth × 2 vectors, dense from an offset on. Modified.
     */
    void copy(float[] in, int from, int stride, int depth, float[] out, int to);
}
