package io.github.sparklatent.linalg;

/** A panel on plain numbers. */
final class FloatScalarTransposition implements FloatTransposition {
    private final int lines = 2 * new FloatScalarTiles().lanes();

    @Override
    public int lines() {
        return lines;
    }

    @Override
    public void pack(float[] in, int from, int stride, int depth, float[] out, int to) {
        FloatView view = new FloatView(in, from, lines, depth, stride, false).transpose();
        FloatPanels.pack(view, 0, depth, 0, lines, lines, out, to);
    }
}
