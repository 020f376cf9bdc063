package io.github.sparklatent.gan;

import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.linalg.FloatView;
import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;

/**
 * The share of a batch's real rows that have a generated row in their neighbourhood. It is small if a generator drops
 * modes (Naeem et al. 2020, eq. 9 with k = 5):
 *
 * <pre>
 *   coverage = 1/n Σ_i 1[some generated row is no farther from x_i than its k-th nearest real one]
 *   expected = 1 − (n − 1) … (n − k) / ((2n − 1) … (2n − k))      of a perfect sampler, any p(x)
 * </pre>
 *
 * <p>This class returns the first divided by the second (Naeem et al., lemma 2, with as many generated rows as real
 * ones): 1 if the generator's distribution is that of the data, about m / M if it makes m of M equally frequent modes,
 * near k / n if it makes one row only. Values above 1 are chance. The measure depends on which rows are in a batch: of
 * 128 rows, 0.97 are expected, and a table sorted by mode gives too small values. With fewer rows the k-th neighbour is
 * farther away, so batches of different sizes are not comparable.
 *
 * <p>Distances come from two products of n × d × n. Holds two batches of n × d and n × n numbers.
 */
public final class Coverage {
    private static final int NEIGHBOURS = 5;

    private final FloatProducts products;
    private final FMatrixRMaj real = new FMatrixRMaj(0, 0);
    private final FMatrixRMaj generated = new FMatrixRMaj(0, 0);
    private final FMatrixRMaj product;
    private final double[] squares;
    private final double[] radius;
    private final boolean[] tied;
    private final double[] centre;

    /**
     * Creates the buffers of one task.
     *
     * @param maxRows largest number of rows of a batch
     * @param width d
     */
    public Coverage(int maxRows, int width, FloatProducts products) {
        this.products = products;
        this.product = new FMatrixRMaj(maxRows, maxRows);
        this.squares = new double[maxRows];
        this.radius = new double[maxRows];
        this.tied = new boolean[maxRows];
        this.centre = new double[width];
    }

    /**
     * Returns Σ_i share_i of the covered real rows, divided by its expectation. A row whose nearest neighbours equal it
     * has a neighbourhood of radius 0 and is left out. Returns 1 if no row is left.
     *
     * @param realRows n × d. Not modified.
     * @param shares share of each real row in the batch; only the first n entries are used
     * @param generatedRows n × d. Not modified.
     */
    public double of(FMatrixRMaj realRows, float[] shares, FMatrixRMaj generatedRows) {
        int n = realRows.numRows;
        int k = Math.min(NEIGHBOURS, n - 1);
        if (k == 0) {
            return 1;
        }
        center(realRows);
        shift(realRows, real);
        shift(generatedRows, generated);
        reach(real);
        for (int i = 0; i < n; i++) {
            radius[i] = nearest(i, i, k);
            tied[i] = equals(i) >= k;
        }
        reach(generated);
        double counted = 0;
        double covered = 0;
        for (int i = 0; i < n; i++) {
            if (!tied[i]) {
                counted += shares[i];
                covered += nearest(i, -1, 1) <= radius[i] ? shares[i] : 0;
            }
        }
        return counted == 0 ? 1 : covered / counted / expected(n, k);
    }

    /** Returns the expectation of lemma 2 for n real and n generated rows. */
    static double expected(int n, int k) {
        double none = 1;
        for (int j = 1; j <= k; j++) {
            none *= (n - j) / (2.0 * n - j);
        }
        return 1 - none;
    }

    /** Computes the mean row. Distances are differences of products: small numbers keep digits. */
    private void center(FMatrixRMaj rows) {
        Arrays.fill(centre, 0);
        for (int i = 0; i < rows.numRows; i++) {
            for (int j = 0; j < centre.length; j++) {
                centre[j] += rows.data[i * centre.length + j] / (double) rows.numRows;
            }
        }
    }

    private void shift(FMatrixRMaj rows, FMatrixRMaj to) {
        to.reshape(rows.numRows, rows.numCols);
        for (int i = 0; i < rows.numRows; i++) {
            for (int j = 0; j < centre.length; j++) {
                int at = i * centre.length + j;
                to.data[at] = (float) (rows.data[at] - centre[j]);
            }
        }
    }

    /** Computes X Yᵀ and |y_j|², where X has the real rows and Y the given rows y_j. */
    private void reach(FMatrixRMaj to) {
        product.reshape(real.numRows, to.numRows);
        products.multiply(FloatView.of(real), FloatView.of(to).transpose(), FloatView.of(product));
        for (int i = 0; i < to.numRows; i++) {
            double sum = 0;
            for (int j = i * to.numCols; j < (i + 1) * to.numCols; j++) {
                double value = to.data[j];
                sum += value * value;
            }
            squares[i] = sum;
        }
    }

    /** Counts the real rows equal to this one, value by value: a distance of 0 is not exact. */
    private int equals(int i) {
        int width = real.numCols;
        int equals = 0;
        for (int j = 0; j < real.numRows; j++) {
            if (j != i
                    && squares[j] == squares[i]
                    && Arrays.equals(real.data, i * width, (i + 1) * width, real.data, j * width, (j + 1) * width)) {
                equals++;
            }
        }
        return equals;
    }

    /**
     * Returns |x_i − y_j|² − |x_i|² of the k-th nearest of the rows given to {@link #reach} last.
     *
     * @param left index of a row to leave out; -1: none
     */
    private double nearest(int i, int left, int k) {
        double[] smallest = new double[k];
        Arrays.fill(smallest, Double.POSITIVE_INFINITY);
        for (int j = 0; j < product.numCols; j++) {
            double distance = squares[j] - 2 * product.data[i * product.numCols + j];
            if (j != left && distance < smallest[k - 1]) {
                int at = k - 1;
                for (; at > 0 && smallest[at - 1] > distance; at--) {
                    smallest[at] = smallest[at - 1];
                }
                smallest[at] = distance;
            }
        }
        return smallest[k - 1];
    }
}
