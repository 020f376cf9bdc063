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

    @Override
    public void weigh(
            double[] z, int at, int stride, double[] r, int from, int h, int rows, double[] out) {
        for (int n = 0; n < rows; n++) {
            double factor = z[at + n * stride];
            for (int k = n * h; k < (n + 1) * h; k++) {
                out[k] = factor * r[from + k];
            }
        }
    }

    @Override
    public void multiplyAdd(
            double[] z,
            int at,
            double[] sums,
            int rows,
            int w,
            double[] values,
            int to,
            int stride) {
        for (int k = 0; k < rows; k++) {
            for (int l = 0; l < w; l++) {
                int o = to + k * stride + l;
                values[o] = Math.fma(z[at + l], sums[k * w + l], values[o]);
            }
        }
    }
}
