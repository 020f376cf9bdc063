<@pp.dropOutputFile/><#list precisions as p><#assign T=p.T t=p.t I=p.I i=p.i>
<@pp.changeOutputFile name="${T}ScalarThinTiles.java"/>
package io.github.sparklatent.linalg;

/** Thin tiles for Javas without vectors. */
final class ${T}ScalarThinTiles implements ${T}ThinTiles {
    private static final int LANES = ${T}ScalarTiles.LANES;

    @Override
    public int lanes() {
        return LANES;
    }

    @Override
    public void column(
            int rows, ${t}[] a, int aFrom, int aStride, ${t}[] b, int depth, ${t}[] sums) {
        for (int r = 0; r < rows; r++) {
            for (int l = 0; l < ${T}Sums.COLUMN; l += 4) {
                lanes(a, aFrom + r * aStride, b, l, depth, sums, r * ${T}Sums.COLUMN + l);
            }
        }
    }

    private static void lanes(
            ${t}[] a, int from, ${t}[] b, int first, int depth, ${t}[] sums, int to) {
        ${t} s0 = 0f;
        ${t} s1 = 0f;
        ${t} s2 = 0f;
        ${t} s3 = 0f;
        for (int p = first; p < depth; p += ${T}Sums.COLUMN) {
            s0 = Math.fma(a[from + p], b[p], s0);
            s1 = Math.fma(a[from + p + 1], b[p + 1], s1);
            s2 = Math.fma(a[from + p + 2], b[p + 2], s2);
            s3 = Math.fma(a[from + p + 3], b[p + 3], s3);
        }
        sums[to] = s0;
        sums[to + 1] = s1;
        sums[to + 2] = s2;
        sums[to + 3] = s3;
    }

    @Override
    public void tile(
            int rows,
            ${t}[] a,
            int aFrom,
            int aStride,
            ${t}[] b,
            int bFrom,
            int bStride,
            int depth,
            ${t}[] sums) {
        for (int r = 0; r < rows; r++) {
            one(a, aFrom + r * aStride, b, bFrom, bStride, depth, sums, r * LANES);
        }
    }

    private static void one(
            ${t}[] a,
            int from,
            ${t}[] b,
            int bFrom,
            int bStride,
            int depth,
            ${t}[] sums,
            int to0) {
        int to1 = to0 + HEIGHT * LANES;
        int to2 = to1 + HEIGHT * LANES;
        int to3 = to2 + HEIGHT * LANES;
        ${t} s00 = sums[to0];
        ${t} s01 = sums[to0 + 1];
        ${t} s10 = sums[to1];
        ${t} s11 = sums[to1 + 1];
        ${t} s20 = sums[to2];
        ${t} s21 = sums[to2 + 1];
        ${t} s30 = sums[to3];
        ${t} s31 = sums[to3 + 1];
        for (int p = from, j = bFrom; p < from + depth; p += ${T}Sums.FEW) {
            s00 = Math.fma(a[p], b[j], s00);
            s01 = Math.fma(a[p], b[j + 1], s01);
            j += bStride;
            s10 = Math.fma(a[p + 1], b[j], s10);
            s11 = Math.fma(a[p + 1], b[j + 1], s11);
            j += bStride;
            s20 = Math.fma(a[p + 2], b[j], s20);
            s21 = Math.fma(a[p + 2], b[j + 1], s21);
            j += bStride;
            s30 = Math.fma(a[p + 3], b[j], s30);
            s31 = Math.fma(a[p + 3], b[j + 1], s31);
            j += bStride;
        }
        sums[to0] = s00;
        sums[to0 + 1] = s01;
        sums[to1] = s10;
        sums[to1 + 1] = s11;
        sums[to2] = s20;
        sums[to2 + 1] = s21;
        sums[to3] = s30;
        sums[to3 + 1] = s31;
    }
}
</#list>
