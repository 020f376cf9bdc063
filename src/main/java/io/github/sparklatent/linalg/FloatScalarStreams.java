package io.github.sparklatent.linalg;

/** Streams for Javas without vectors. */
final class FloatScalarStreams implements FloatStreams {
    private static final int LANES = FloatScalarTiles.LANES;

    @Override
    public int lanes() {
        return LANES;
    }

    @Override
    public void stream(
            int count,
            int terms,
            float[] a,
            int aFrom,
            int aStride,
            float[] b,
            int bFrom,
            float[] sums,
            boolean add,
            float[] c,
            int cFrom,
            int cStride) {
        for (int i = 0; i < count; i++) {
            int from = aFrom + i * aStride;
            float sum0 = add ? sums[i * LANES] : 0f;
            float sum1 = add ? sums[i * LANES + 1] : 0f;
            for (int p = 0, j = bFrom; p < terms; p++, j += LANES) {
                sum0 = Math.fma(a[from + p], b[j], sum0);
                sum1 = Math.fma(a[from + p], b[j + 1], sum1);
            }
            c[cFrom + i * cStride] = sum0;
            c[cFrom + i * cStride + 1] = sum1;
        }
    }
}
