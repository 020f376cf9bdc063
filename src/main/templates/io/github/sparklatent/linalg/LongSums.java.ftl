<@pp.dropOutputFile/><#list precisions as p><#assign T=p.T t=p.t>
<@pp.changeOutputFile name="${T}LongSums.java"/>
package io.github.sparklatent.linalg;

import io.github.sparklatent.linalg.kernels.${T}Gemm;

/**
 * Products of few columns and many terms. A processor takes four cycles for a multiply-add, which wide
 * results hide by computing many sums at a time. If there are few columns, a long sum is cut into L
 * interleaved sums of every L-th term, which are then added by halves:
 *
 * <pre>
 *   s_l = Σ_q a_qL+l b_qL+l                l &lt; L, ascending in q
 *   s_l ← s_l + s_l+h                      l &lt; h, for h = L/2, L/4 .. 1
 *   c   ← (add ? c + s_0 : s_0)
 * </pre>
 *
 * <p>L depends on the number of columns and of terms only. So the numbers in a row of the result depend
 * neither on the rows beside it nor on the width of vectors.
 */
final class ${T}LongSums {
    /** L of a single column: the lanes of the widest vector. */
    private static final int COLUMN = 64 / ${T}.BYTES;

    /** L of two columns or more. */
    private static final int FEW = 4;

    /** Columns that are few: eight fill a tile well enough. */
    private static final int NARROW = 7;

    /** Terms of a long sum: more than the rows of most batches of a network. */
    private static final int LONG = 256;

    /** Partial sums at a time, a part of a second-level cache. */
    private static final int PARTIAL = (1 << 16) / ${T}.BYTES;

    private final ${T}Gemm kernel;
    private final ${T}Products products;
    private final ${t}[] sums = new ${t}[${T}Gemm.DOT_ROWS * COLUMN];
    private ${t}[] left = new ${t}[0];
    private ${t}[] right = new ${t}[0];
    private ${t}[] partial = new ${t}[0];

    ${T}LongSums(${T}Gemm kernel, ${T}Products products) {
        this.kernel = kernel;
        this.products = products;
    }

    /** Returns L; 1 if each sum is a single chain. */
    static int chains(int columns, int terms) {
        if (columns > NARROW || terms < LONG) {
            return 1;
        }
        return columns == 1 ? COLUMN : FEW;
    }

    /**
     * Computes c ← (add ? c : 0) + a b.
     *
     * @param a m × k. Not modified.
     * @param b k × n. Not modified.
     * @param c m × n, not transposed. Modified.
     */
    void run(${T}View a, ${T}View b, ${T}View c, boolean add) {
        if (a.transposed()) {
            parts(a, b, c, add);
        } else if (c.height() < c.width()) {
            int depth = a.width();
            left = ${T}Products.grown(left, depth * c.height());
            ${T}Panels.read(a.transpose(), 0, depth, 0, c.height(), left, 0, c.height());
            parts(${T}View.of(left, 0, depth, c.height()).transpose(), b, c, add);
        } else {
            dots(a, b, c, add);
        }
    }

    /** Computes dot products of the rows of a with copies of the columns of b. */
    private void dots(${T}View a, ${T}View b, ${T}View c, boolean add) {
        int depth = a.width();
        int width = c.width();
        int chains = chains(width, depth);
        int whole = depth - depth % chains;
        right = ${T}Products.grown(right, width * depth);
        ${T}Panels.read(b.transpose(), 0, width, 0, depth, right, 0, depth);
        for (int i = 0; i < c.height(); i += ${T}Gemm.DOT_ROWS) {
            int count = Math.min(${T}Gemm.DOT_ROWS, c.height() - i);
            int from = a.offset() + i * a.stride();
            for (int j = 0; j < width; j++) {
                int column = j * depth;
                kernel.dot(chains, count, a.data(), from, a.stride(), right, column, whole, sums);
                for (int r = 0; r < count; r++) {
                    int at = r * chains;
                    for (int p = whole; p < depth; p++) {
                        ${t} x = a.data()[from + r * a.stride() + p];
                        sums[at + p - whole] = Math.fma(x, right[column + p], sums[at + p - whole]);
                    }
                    addHalves(sums, at, chains, 1);
                    int to = c.offset() + (i + r) * c.stride() + j;
                    c.data()[to] = add ? c.data()[to] + sums[at] : sums[at];
                }
            }
        }
    }

    /** Computes each interleaved sum of a transposed a as a product of its own, of every L-th term. */
    private void parts(${T}View a, ${T}View b, ${T}View c, boolean add) {
        int width = c.width();
        int depth = a.width();
        int chains = chains(width, depth);
        ${T}View terms = b;
        if (b.transposed()) {
            right = ${T}Products.grown(right, depth * width);
            ${T}Panels.read(b, 0, depth, 0, width, right, 0, width);
            terms = ${T}View.of(right, 0, depth, width);
        }
        int height = PARTIAL / (chains * width);
        partial = ${T}Products.grown(partial, PARTIAL);
        for (int i = 0; i < c.height(); i += height) {
            int h = Math.min(height, c.height() - i);
            for (int l = 0; l < chains; l++) {
                products.gemm(
                        every(a.transpose(), l, chains, i, h).transpose(),
                        every(terms, l, chains, 0, width),
                        ${T}View.of(partial, l * h * width, h, width),
                        false);
            }
            addHalves(partial, 0, chains, h * width);
            for (int r = 0; r < h; r++) {
                int to = c.offset() + (i + r) * c.stride();
                for (int j = 0; j < width; j++) {
                    ${t} sum = partial[r * width + j];
                    c.data()[to + j] = add ? c.data()[to + j] + sum : sum;
                }
            }
        }
    }

    /** Rows l, l + step, l + 2 step .. of some columns of a view that is not transposed. */
    private static ${T}View every(${T}View view, int l, int step, int left, int width) {
        int rows = (view.rows() - l + step - 1) / step;
        int from = view.offset() + l * view.stride() + left;
        return new ${T}View(view.data(), from, rows, width, step * view.stride(), false);
    }

    /** Adds L groups of so many sums by halves. The first group holds the result. */
    private static void addHalves(${t}[] sums, int from, int chains, int count) {
        for (int half = chains * count / 2; half >= count; half /= 2) {
            for (int s = from; s < from + half; s++) {
                sums[s] += sums[s + half];
            }
        }
    }
}
</#list>
