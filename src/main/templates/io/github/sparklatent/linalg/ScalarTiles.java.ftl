<@pp.dropOutputFile/><#list precisions as p><#assign T=p.T t=p.t I=p.I i=p.i>
<@pp.changeOutputFile name="${T}ScalarTiles.java"/>
package io.github.sparklatent.linalg;

/** Tiles of 4 × 4 numbers in local variables, vectors of two, for Javas without vectors. */
final class ${T}ScalarTiles implements ${T}Tiles {
    /** Of what stands for a vector. */
    static final int LANES = 2;

    @Override
    public int rows() {
        return 4;
    }

    @Override
    public int lanes() {
        return LANES;
    }

    @Override
    public void tile(
            int rows,
            int second,
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
        ${t} c02 = add ? c[cFrom + second] : 0f;
        ${t} c03 = add ? c[cFrom + second + 1] : 0f;
        ${t} c10 = add ? c[to1] : 0f;
        ${t} c11 = add ? c[to1 + 1] : 0f;
        ${t} c12 = add ? c[to1 + second] : 0f;
        ${t} c13 = add ? c[to1 + second + 1] : 0f;
        ${t} c20 = add ? c[to2] : 0f;
        ${t} c21 = add ? c[to2 + 1] : 0f;
        ${t} c22 = add ? c[to2 + second] : 0f;
        ${t} c23 = add ? c[to2 + second + 1] : 0f;
        ${t} c30 = add ? c[to3] : 0f;
        ${t} c31 = add ? c[to3 + 1] : 0f;
        ${t} c32 = add ? c[to3 + second] : 0f;
        ${t} c33 = add ? c[to3 + second + 1] : 0f;
        int row1 = aStep == 1 ? Math.min(1, rows - 1) * aRow : aRow;
        int row2 = aStep == 1 ? Math.min(2, rows - 1) * aRow : 2 * aRow;
        int row3 = aStep == 1 ? Math.min(3, rows - 1) * aRow : 3 * aRow;
        for (int p = 0, i = aFrom, j = bFrom; p < depth; p++, i += aStep, j += bStride) {
            ${t} y0 = b[j];
            ${t} y1 = b[j + 1];
            ${t} y2 = b[j + second];
            ${t} y3 = b[j + second + 1];
            ${t} x = a[i];
            c00 = Math.fma(x, y0, c00);
            c01 = Math.fma(x, y1, c01);
            c02 = Math.fma(x, y2, c02);
            c03 = Math.fma(x, y3, c03);
            x = a[i + row1];
            c10 = Math.fma(x, y0, c10);
            c11 = Math.fma(x, y1, c11);
            c12 = Math.fma(x, y2, c12);
            c13 = Math.fma(x, y3, c13);
            x = a[i + row2];
            c20 = Math.fma(x, y0, c20);
            c21 = Math.fma(x, y1, c21);
            c22 = Math.fma(x, y2, c22);
            c23 = Math.fma(x, y3, c23);
            x = a[i + row3];
            c30 = Math.fma(x, y0, c30);
            c31 = Math.fma(x, y1, c31);
            c32 = Math.fma(x, y2, c32);
            c33 = Math.fma(x, y3, c33);
        }
        c[to3] = c30;
        c[to3 + 1] = c31;
        c[to3 + second] = c32;
        c[to3 + second + 1] = c33;
        c[to2] = c20;
        c[to2 + 1] = c21;
        c[to2 + second] = c22;
        c[to2 + second + 1] = c23;
        c[to1] = c10;
        c[to1 + 1] = c11;
        c[to1 + second] = c12;
        c[to1 + second + 1] = c13;
        c[cFrom] = c00;
        c[cFrom + 1] = c01;
        c[cFrom + second] = c02;
        c[cFrom + second + 1] = c03;
    }
}
</#list>
