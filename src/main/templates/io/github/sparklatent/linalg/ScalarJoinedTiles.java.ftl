<@pp.dropOutputFile/><#list precisions as p><#assign T=p.T t=p.t I=p.I i=p.i>
<@pp.changeOutputFile name="${T}ScalarJoinedTiles.java"/>
package io.github.sparklatent.linalg;

/** Joined tiles for Javas without vectors: a pair of columns, whose eight sums are registers. */
final class ${T}ScalarJoinedTiles implements ${T}JoinedTiles {
    private static final int COLUMNS = 2;

    @Override
    public int columns() {
        return COLUMNS;
    }

    @Override
    public int rows(int columns) {
        return 1;
    }

    @Override
    public int reach() {
        return ${T}Sums.FEW;
    }

    @Override
    public int reach(int columns) {
        return ${T}Sums.FEW * COLUMNS;
    }

    @Override
    public void tile(
            int rows,
            int columns,
            ${t}[] a,
            int aFrom,
            int aStride,
            ${t}[] b,
            int bFrom,
            int depth,
            ${t}[] sums) {
        ${t} s00 = sums[0];
        ${t} s01 = sums[1];
        ${t} s10 = sums[2];
        ${t} s11 = sums[3];
        ${t} s20 = sums[4];
        ${t} s21 = sums[5];
        ${t} s30 = sums[6];
        ${t} s31 = sums[7];
        for (int p = aFrom, j = bFrom; p < aFrom + depth; p += ${T}Sums.FEW, j += 8) {
            s00 = Math.fma(a[p], b[j], s00);
            s01 = Math.fma(a[p], b[j + 1], s01);
            s10 = Math.fma(a[p + 1], b[j + 2], s10);
            s11 = Math.fma(a[p + 1], b[j + 3], s11);
            s20 = Math.fma(a[p + 2], b[j + 4], s20);
            s21 = Math.fma(a[p + 2], b[j + 5], s21);
            s30 = Math.fma(a[p + 3], b[j + 6], s30);
            s31 = Math.fma(a[p + 3], b[j + 7], s31);
        }
        sums[0] = s00;
        sums[1] = s01;
        sums[2] = s10;
        sums[3] = s11;
        sums[4] = s20;
        sums[5] = s21;
        sums[6] = s30;
        sums[7] = s31;
    }
}
</#list>
