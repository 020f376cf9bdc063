package io.github.sparklatent.gmm.model;

import org.ejml.data.DMatrixRMaj;

/**
 * Log densities c_k − ½ Σ_j p_kj (x_j − μ_kj)² of diagonal components. They are computed from differences, so no digits
 * cancel.
 */
final class DiagonalLogDensities implements LogDensities {
    private final DMatrixRMaj means;
    private final DMatrixRMaj precisions;
    private final double[] constants;
    private final int[] components;

    /**
     * Creates the densities of some components.
     *
     * @param precisions k × d, the inverses of the variances. Not modified.
     * @param components components whose rows of the result are computed. Not modified.
     */
    DiagonalLogDensities(DMatrixRMaj means, DMatrixRMaj precisions, double[] constants, int[] components) {
        this.means = means;
        this.precisions = precisions;
        this.constants = constants;
        this.components = components;
    }

    @Override
    public void apply(DMatrixRMaj x, DMatrixRMaj out) {
        int d = x.numCols;
        int n = x.numRows;
        out.reshape(constants.length, n);
        for (int k : components) {
            for (int i = 0; i < n; i++) {
                double sum = weightedDistance(x.data, i * d, k * d);
                out.data[k * n + i] = constants[k] - 0.5 * sum;
            }
        }
    }

    /** Returns Σ_j p_kj (x_j − μ_kj)². Four independent partial sums let the processor overlap additions. */
    private double weightedDistance(double[] x, int from, int at) {
        int d = precisions.numCols;
        double[] mean = means.data;
        double[] p = precisions.data;
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int j = 0;
        for (; j + 4 <= d; j += 4) {
            double d0 = x[from + j] - mean[at + j];
            double d1 = x[from + j + 1] - mean[at + j + 1];
            double d2 = x[from + j + 2] - mean[at + j + 2];
            double d3 = x[from + j + 3] - mean[at + j + 3];
            s0 = Math.fma(d0 * d0, p[at + j], s0);
            s1 = Math.fma(d1 * d1, p[at + j + 1], s1);
            s2 = Math.fma(d2 * d2, p[at + j + 2], s2);
            s3 = Math.fma(d3 * d3, p[at + j + 3], s3);
        }
        for (; j < d; j++) {
            double difference = x[from + j] - mean[at + j];
            s0 = Math.fma(difference * difference, p[at + j], s0);
        }
        return (s0 + s1) + (s2 + s3);
    }
}
