<@pp.dropOutputFile/><#list precisions as p><#assign T=p.T t=p.t I=p.I i=p.i>
<@pp.changeOutputFile name="${T}Panels.java"/>
package io.github.sparklatent.linalg;

import java.util.Arrays;

/**
 * Packs a part of a matrix into panels: some columns side by side, row after row without gaps, the
 * order in which a tile reads them. Whether the matrix is seen transposed matters here only.
 */
final class ${T}Panels {
    /** From here on the runtime's own copying is faster than a loop. */
    private static final int LONG = 16;

    /** Rows of a panel that stay in the first-level cache while columns are written to them. */
    private static final int NEAR = 64;

    private ${T}Panels() {}

    /**
     * Packs rows top .. top + depth − 1 and columns left .. left + width − 1; the last panel is
     * filled up with zeros.
     *
     * @param matrix not modified
     * @param columns of one panel, at least 1
     * @param packed depth × width rounded up to whole panels, from an offset on. Modified.
     */
    static void pack(
            ${T}View matrix,
            int top,
            int depth,
            int left,
            int width,
            int columns,
            ${t}[] packed,
            int offset) {
        int stride = matrix.stride();
        for (int j = 0; j < width; j += columns) {
            int count = Math.min(columns, width - j);
            int to = offset + j * depth;
            if (count < columns) {
                Arrays.fill(packed, to, to + columns * depth, 0f);
            }
            if (matrix.transposed()) {
                int from = matrix.offset() + (left + j) * stride + top;
                transpose(matrix.data(), from, stride, count, depth, packed, to, columns);
            } else {
                int from = matrix.offset() + top * stride + left + j;
                copy(matrix.data(), from, stride, count, depth, packed, to, columns);
            }
        }
    }

    private static void copy(
            ${t}[] in,
            int from,
            int stride,
            int count,
            int depth,
            ${t}[] out,
            int to,
            int columns) {
        for (int p = 0, i = from, o = to; p < depth; p++, i += stride, o += columns) {
            if (count >= LONG) {
                System.arraycopy(in, i, out, o, count);
                continue;
            }
            int j = 0;
            for (; j + 4 <= count; j += 4) {
                out[o + j] = in[i + j];
                out[o + j + 1] = in[i + j + 1];
                out[o + j + 2] = in[i + j + 2];
                out[o + j + 3] = in[i + j + 3];
            }
            for (; j < count; j++) {
                out[o + j] = in[i + j];
            }
        }
    }

    /** Lines of an array become columns of another. */
    static void transpose(
            ${t}[] in,
            int from,
            int stride,
            int count,
            int depth,
            ${t}[] out,
            int to,
            int columns) {
        for (int p = 0; p < depth; p += NEAR) {
            int near = Math.min(NEAR, depth - p);
            interleave(in, from + p, stride, count, near, out, to + p * columns, columns);
        }
    }

    /** Four lines at a time become four columns. */
    private static void interleave(
            ${t}[] in,
            int from,
            int stride,
            int count,
            int depth,
            ${t}[] out,
            int to,
            int columns) {
        int j = 0;
        for (; j + 4 <= count; j += 4) {
            int i0 = from + j * stride;
            int i1 = i0 + stride;
            int i2 = i1 + stride;
            int i3 = i2 + stride;
            for (int p = 0, o = to + j; p < depth; p++, o += columns) {
                out[o] = in[i0 + p];
                out[o + 1] = in[i1 + p];
                out[o + 2] = in[i2 + p];
                out[o + 3] = in[i3 + p];
            }
        }
        for (; j < count; j++) {
            int i = from + j * stride;
            for (int p = 0, o = to + j; p < depth; p++, o += columns) {
                out[o] = in[i + p];
            }
        }
    }

    /** Copies a part of a view, seen transposed or not, into a dense tile from an offset on. */
    static void read(
            ${T}View view,
            int top,
            int height,
            int left,
            int width,
            ${t}[] tile,
            int offset,
            int columns) {
        boolean turned = view.transposed();
        int lines = turned ? width : height;
        int length = turned ? height : width;
        for (int i = 0; i < lines; i++) {
            int from = turned ? at(view, top, left + i) : at(view, top + i, left);
            int to = offset + i * (turned ? 1 : columns);
            int step = turned ? columns : 1;
            for (int j = 0; j < length; j++) {
                tile[to + j * step] = view.data()[from + j];
            }
        }
    }

    /** The way back of {@link #read}. */
    static void write(
            ${t}[] tile,
            int offset,
            int columns,
            ${T}View view,
            int top,
            int height,
            int left,
            int width) {
        boolean turned = view.transposed();
        int lines = turned ? width : height;
        int length = turned ? height : width;
        for (int i = 0; i < lines; i++) {
            int to = turned ? at(view, top, left + i) : at(view, top + i, left);
            int from = offset + i * (turned ? 1 : columns);
            int step = turned ? columns : 1;
            for (int j = 0; j < length; j++) {
                view.data()[to + j] = tile[from + j * step];
            }
        }
    }

    private static int at(${T}View view, int row, int column) {
        return view.offset()
                + (view.transposed() ? column * view.stride() + row : row * view.stride() + column);
    }
}
</#list>
