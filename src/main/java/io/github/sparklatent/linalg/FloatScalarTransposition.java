package io.github.sparklatent.linalg;

/** Four lines at a time, on plain numbers. */
final class FloatScalarTransposition implements FloatTransposition {
    private final int lines = 2 * new FloatScalarTiles().lanes();

    @Override
    public int lines() {
        return lines;
    }

    @Override
    public void transpose(
            float[] in, int from, int stride, int depth, float[] out, int to, int outStride) {
        FloatPanels.transpose(in, from, stride, lines, depth, out, to, outStride);
    }
}
