package io.github.sparklatent.linalg;

/** The passes of {@link DoublePasses} on one number after the other. */
final class DoubleScalarSweeps implements DoubleSweeps {
    @Override
    public void addRows(double[] rows, int from, int count, int width, double[] sums, int at) {
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < width; j++) {
                sums[at + j] += rows[from + i * width + j];
            }
        }
    }
}
