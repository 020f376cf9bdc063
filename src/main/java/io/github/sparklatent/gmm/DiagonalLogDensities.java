package io.github.sparklatent.gmm;

import io.github.sparklatent.linalg.Products;
import io.github.sparklatent.linalg.Rows;
import org.ejml.data.DMatrixRMaj;

/**
 * c_k − ½ Σ_j p_kj (x_j − μ_kj)².
 *
 * <p>Where the centres allow it, by two products around the common origin, with y = x − origin and
 * m = μ − origin:
 *
 * <pre>
 *   c_k − ½ Σ_j p_kj m_kj²  −  ½ y² Pᵀ  +  y (P ∘ m)ᵀ
 * </pre>
 */
final class DiagonalLogDensities implements LogDensities {
    private final Centres centres;
    private final DMatrixRMaj precisions;
    private final double[] constants;
    private final double[] shiftedConstants;
    private final DMatrixRMaj quadratic;
    private final DMatrixRMaj linear;
    private final Products products = new Products();
    private final DMatrixRMaj centred = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj squared = new DMatrixRMaj(0, 0);

    /**
     * @param precisions k × d, the inverses of the variances. Not modified.
     */
    DiagonalLogDensities(Centres centres, DMatrixRMaj precisions, double[] constants) {
        this.centres = centres;
        this.precisions = precisions;
        this.constants = constants;
        int components = precisions.numRows;
        int d = precisions.numCols;
        this.shiftedConstants = constants.clone();
        this.quadratic = new DMatrixRMaj(d, components);
        this.linear = new DMatrixRMaj(d, components);
        for (int k = 0; k < components; k++) {
            double sum = 0;
            for (int j = 0; j < d; j++) {
                double precision = precisions.unsafe_get(k, j);
                double shift = centres.means().unsafe_get(k, j) - centres.origin().data[j];
                quadratic.unsafe_set(j, k, -0.5 * precision);
                linear.unsafe_set(j, k, precision * shift);
                sum = Math.fma(precision * shift, shift, sum);
            }
            shiftedConstants[k] -= 0.5 * sum;
        }
    }

    @Override
    public void apply(DMatrixRMaj x, DMatrixRMaj out) {
        out.reshape(x.numRows, constants.length);
        if (centres.wellConditioned()) {
            byProducts(x, out);
        } else {
            byDifferences(x, out);
        }
    }

    private void byProducts(DMatrixRMaj x, DMatrixRMaj out) {
        int components = constants.length;
        for (int i = 0; i < x.numRows; i++) {
            System.arraycopy(shiftedConstants, 0, out.data, i * components, components);
        }
        Rows.subtract(x, centres.origin(), 0, centred);
        Rows.square(centred, squared);
        products.addProduct(squared, quadratic, out);
        products.addProduct(centred, linear, out);
    }

    private void byDifferences(DMatrixRMaj x, DMatrixRMaj out) {
        int components = constants.length;
        int d = x.numCols;
        for (int i = 0; i < x.numRows; i++) {
            for (int k = 0; k < components; k++) {
                double sum = weightedDistance(x.data, i * d, k * d);
                out.data[i * components + k] = constants[k] - 0.5 * sum;
            }
        }
    }

    /**
     * Σ_j p_kj (x_j − μ_kj)² in four interleaved partial sums, which the processor adds side by
     * side.
     */
    private double weightedDistance(double[] x, int from, int at) {
        int d = precisions.numCols;
        double[] means = centres.means().data;
        double[] p = precisions.data;
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int j = 0;
        for (; j + 4 <= d; j += 4) {
            double d0 = x[from + j] - means[at + j];
            double d1 = x[from + j + 1] - means[at + j + 1];
            double d2 = x[from + j + 2] - means[at + j + 2];
            double d3 = x[from + j + 3] - means[at + j + 3];
            s0 = Math.fma(d0 * d0, p[at + j], s0);
            s1 = Math.fma(d1 * d1, p[at + j + 1], s1);
            s2 = Math.fma(d2 * d2, p[at + j + 2], s2);
            s3 = Math.fma(d3 * d3, p[at + j + 3], s3);
        }
        for (; j < d; j++) {
            double difference = x[from + j] - means[at + j];
            s0 = Math.fma(difference * difference, p[at + j], s0);
        }
        return (s0 + s1) + (s2 + s3);
    }
}
