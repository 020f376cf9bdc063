<@pp.dropOutputFile/><#list precisions as p><#assign T=p.T t=p.t>
<@pp.changeOutputFile name="${T}Panels.java"/>
package io.github.sparklatent.linalg;

import java.util.Arrays;

/**
 * Packs parts of matrices into panels: some columns side by side, row after row without gaps, the order
 * in which a tile reads them.
 */
final class ${T}Panels {
    /** Rows of a panel that stay in the first-level cache while columns are written to them. */
    private static final int NEAR = 64;

    private ${T}Panels() {}

    /**
     * Packs rows top .. top + depth − 1 and columns left .. left + width − 1. The last panel is filled
     * up with zeros.
     *
     * @param matrix not modified
     * @param columns of one panel, at least 1
     * @param packed depth × width rounded up to whole panels, from an offset. Modified.
     */
    static void pack(
            ${T}View matrix, int top, int depth, int left, int width, int columns, ${t}[] packed, int offset) {
        for (int j = 0; j < width; j += columns) {
            int count = Math.min(columns, width - j);
            int to = offset + j * depth;
            if (count < columns) {
                Arrays.fill(packed, to, to + columns * depth, 0f);
            }
            for (int p = 0; p < depth; p += NEAR) {
                int near = Math.min(NEAR, depth - p);
                read(matrix, top + p, near, left + j, count, packed, to + p * columns, columns);
            }
        }
    }

    /** Copies a part of a view into a dense tile from an offset. */
    static void read(
            ${T}View view, int top, int height, int left, int width, ${t}[] tile, int offset, int columns) {
        boolean turned = view.transposed();
        int lines = turned ? width : height;
        int length = turned ? height : width;
        int step = turned ? columns : 1;
        for (int i = 0; i < lines; i++) {
            int from = turned ? at(view, top, left + i) : at(view, top + i, left);
            int to = offset + i * (turned ? 1 : columns);
            for (int j = 0; j < length; j++) {
                tile[to + j * step] = view.data()[from + j];
            }
        }
    }

    /** Copies a tile back; the inverse of {@link #read}. */
    static void write(
            ${t}[] tile, int offset, int columns, ${T}View view, int top, int height, int left, int width) {
        boolean turned = view.transposed();
        int lines = turned ? width : height;
        int length = turned ? height : width;
        int step = turned ? columns : 1;
        for (int i = 0; i < lines; i++) {
            int to = turned ? at(view, top, left + i) : at(view, top + i, left);
            int from = offset + i * (turned ? 1 : columns);
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
