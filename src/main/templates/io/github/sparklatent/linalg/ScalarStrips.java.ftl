<@pp.dropOutputFile/><#list precisions as p><#assign T=p.T t=p.t I=p.I i=p.i>
<@pp.changeOutputFile name="${T}ScalarStrips.java"/>
package io.github.sparklatent.linalg;

/** The narrower tiles and the single rows beside {@link ${T}ScalarTiles}. */
final class ${T}ScalarStrips implements ${T}Strips {
    @Override
    public void tile(
            int rows,
            ${t}[] a,
            int aFrom,
            int aRow,
            int aStep,
            ${t}[] b,
            int bFrom,
            int bStride,
            int depth,
            ${t}[] c,
            int cFrom,
            int cStride,
            boolean add) {
        int to1 = cFrom + Math.min(1, rows - 1) * cStride;
        int to2 = cFrom + Math.min(2, rows - 1) * cStride;
        int to3 = cFrom + Math.min(3, rows - 1) * cStride;
        ${t} c00 = add ? c[cFrom] : 0f;
        ${t} c01 = add ? c[cFrom + 1] : 0f;
        ${t} c10 = add ? c[to1] : 0f;
        ${t} c11 = add ? c[to1 + 1] : 0f;
        ${t} c20 = add ? c[to2] : 0f;
        ${t} c21 = add ? c[to2 + 1] : 0f;
        ${t} c30 = add ? c[to3] : 0f;
        ${t} c31 = add ? c[to3 + 1] : 0f;
        int row1 = aStep == 1 ? Math.min(1, rows - 1) * aRow : aRow;
        int row2 = aStep == 1 ? Math.min(2, rows - 1) * aRow : 2 * aRow;
        int row3 = aStep == 1 ? Math.min(3, rows - 1) * aRow : 3 * aRow;
        for (int p = 0, i = aFrom, j = bFrom; p < depth; p++, i += aStep, j += bStride) {
            ${t} y0 = b[j];
            ${t} y1 = b[j + 1];
            ${t} x = a[i];
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
            ${t}[] a,
            int aFrom,
            int aStep,
            ${t}[] b,
            int bFrom,
            int bStride,
            ${t}[] c,
            int cFrom,
            int length) {
        for (int j = 0; j < length; j++) {
            ${t} sum = c[cFrom + j];
            for (int p = 0, i = aFrom, at = bFrom + j; p < TERMS; p++, i += aStep, at += bStride) {
                sum = Math.fma(a[i], b[at], sum);
            }
            c[cFrom + j] = sum;
        }
    }

    @Override
    public void term(${t} x, ${t}[] b, int bFrom, ${t}[] c, int cFrom, int length) {
        for (int j = 0; j < length; j++) {
            c[cFrom + j] = Math.fma(x, b[bFrom + j], c[cFrom + j]);
        }
    }

    @Override
    public void copy(${t}[] in, int from, int stride, int depth, ${t}[] out, int to) {
        int columns = 2 * ${T}ScalarTiles.LANES;
        for (int p = 0; p < depth; p++) {
            System.arraycopy(in, from + p * stride, out, to + p * columns, columns);
        }
    }
}
</#list>
