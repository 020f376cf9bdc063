package io.github.sparklatent.linalg;

/** The passes of {@link FloatPasses} on one number after the other. */
final class FloatScalarSweeps implements FloatSweeps {
    @Override
    public void addRows(float[] rows, int from, int count, int width, float[] sums, int at) {
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < width; j++) {
                sums[at + j] += rows[from + i * width + j];
            }
        }
    }

    @Override
    public void gather(
            float[] in, int from, int line, int step, float[] out, int to, int lines, int places) {
        for (int y = 0, o = to; y < lines; y++) {
            for (int x = 0, i = from + y * line; x < places; x++, i += step) {
                for (int l = 0; l < FloatPasses.LANES; l++, o++) {
                    out[o] = in[i + l];
                }
            }
        }
    }

    @Override
    public void scatter(
            float[] in, int from, float[] sums, int at, int line, int step, int lines, int places) {
        for (int y = 0, i = from; y < lines; y++) {
            for (int x = 0, o = at + y * line; x < places; x++, o += step) {
                for (int l = 0; l < FloatPasses.LANES; l++, i++) {
                    sums[o + l] += in[i];
                }
            }
        }
    }
}
