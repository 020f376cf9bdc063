package io.github.sparklatent.linalg;

/** Joined tiles for Javas without vectors: a pair of columns, whose eight sums are registers. */
final class FloatScalarJoinedTiles implements FloatJoinedTiles {
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
        return FloatSums.FEW;
    }

    @Override
    public int reach(int columns) {
        return FloatSums.FEW * COLUMNS;
    }

    @Override
    public void tile(
            int rows,
            int columns,
            float[] a,
            int aFrom,
            int aStride,
            float[] b,
            int bFrom,
            int depth,
            float[] sums) {
        float s00 = sums[0];
        float s01 = sums[1];
        float s10 = sums[2];
        float s11 = sums[3];
        float s20 = sums[4];
        float s21 = sums[5];
        float s30 = sums[6];
        float s31 = sums[7];
        for (int p = aFrom, j = bFrom; p < aFrom + depth; p += FloatSums.FEW, j += 8) {
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
