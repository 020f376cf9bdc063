package io.github.sparklatent.linalg;

/** Monomials one after the other, for Javas without vectors. */
final class ScalarMonomialPanels implements MonomialPanels {
    @Override
    public void rows(
            double[] z,
            int at,
            int first,
            int step,
            int second,
            int count,
            int w,
            double[] out,
            int to) {
        for (int p = 0; p < count; p++) {
            int i = at + (first + p * step) * w;
            int j = at + (second + p) * w;
            for (int l = 0; l < w; l++) {
                out[to + p * w + l] = z[i + l] * z[j + l];
            }
        }
    }

    @Override
    public void columns(double[] z, int at, int stride, int rows, int[] runs, int w, double[] out) {
        for (int n = 0; n < rows; n++) {
            int row = at + n * stride;
            for (int r = 0; r < runs.length; r += 4) {
                int first = runs[r];
                int j = row + runs[r + 1];
                int to = n * w + runs[r + 2];
                for (int p = 0; p < runs[r + 3]; p++) {
                    double factor = first == Monomials.SQUARES ? z[j + p] : z[row + first];
                    out[to + p] = factor * z[j + p];
                }
            }
        }
    }
}
