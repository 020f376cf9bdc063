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
}
