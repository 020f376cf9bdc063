package io.github.sparklatent.linear;

import io.github.sparklatent.learn.em.ColumnMoments;
import io.github.sparklatent.learn.em.Expectation;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.linalg.Products;
import io.github.sparklatent.linalg.Rows;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * Weighted mean and covariance of a data set. A first traversal computes the mean. The second one sums the squares of
 * the centred rows, so no digits cancel.
 *
 * @param weight total weight of the rows
 * @param mean d numbers
 * @param covariance d × d, divided by the weight
 */
record Moments(double weight, double[] mean, DMatrixRMaj covariance) {

    /** Collects the moments in two traversals. */
    static Moments of(RowBlocks data) {
        int d = data.width();
        ColumnMoments columns = new ColumnMoments(new double[d]);
        double[] sums = data.sums("PPCA, mean", columns).sums();
        double weight = sums[0];
        double[] mean = columns.means(sums);
        double[] scatter = data.sums("PPCA, covariance", new Scatter(mean)).sums();
        DMatrixRMaj covariance = new DMatrixRMaj(d, d);
        int at = 0;
        for (int i = 0; i < d; i++) {
            for (int j = i; j < d; j++) {
                double value = scatter[at++] / weight;
                covariance.unsafe_set(i, j, value);
                covariance.unsafe_set(j, i, value);
            }
        }
        return new Moments(weight, mean, covariance);
    }

    /** Sums w (x − m)(x − m)ᵀ; the upper triangle of a d × d matrix, row after row. */
    private record Scatter(double[] mean) implements Expectation {
        @Override
        public Accumulator accumulator() {
            int d = mean.length;
            DMatrixRMaj origin = DMatrixRMaj.wrap(1, d, mean);
            DMatrixRMaj sums = new DMatrixRMaj(d, d);
            DMatrixRMaj centred = new DMatrixRMaj(0, 0);
            DMatrixRMaj weighted = new DMatrixRMaj(0, 0);
            DMatrixRMaj weights = new DMatrixRMaj(0, 0);
            Products products = new Products();
            return Accumulator.of(() -> upper(sums), block -> {
                Rows.subtract(block.rows(), origin, 0, centred);
                weights.reshape(1, block.size());
                Arrays.setAll(weights.data, i -> i < block.size() ? block.weight(i) : 0);
                Rows.scale(centred, weights, 0, weighted);
                products.addGram(centred, weighted, sums);
            });
        }

        private double[] upper(DMatrixRMaj sums) {
            int d = mean.length;
            double[] upper = new double[d * (d + 1) / 2];
            int at = 0;
            for (int i = 0; i < d; i++) {
                System.arraycopy(sums.data, i * d + i, upper, at, d - i);
                at += d - i;
            }
            return upper;
        }
    }
}
