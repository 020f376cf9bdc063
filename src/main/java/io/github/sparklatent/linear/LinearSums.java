package io.github.sparklatent.linear;

import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.MissingCells;
import io.github.sparklatent.linalg.Products;
import io.github.sparklatent.linalg.Rows;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The sums of the E-step of a linear Gaussian model over weighted rows. With V, y and o as in {@link LinearPosterior},
 * r = y − V E[z] and C = Cov[z], and with all expectations given the observed values, they are
 *
 * <pre>
 *   w,  w E[z],  w E[z zᵀ]
 *   w E[(y_j − v_jᵀ z) (z; 1)ᵀ] = o_j w (r_j E[z]ᵀ − v_jᵀ C; r_j)
 *   w E[(y_j − v_jᵀ z)²]        = o_j w (r_j² + v_jᵀ C v_j) + (1 − o_j) w
 * </pre>
 *
 * A missing value is a latent variable, too (Ghahramani and Jordan 1994): its error y_j − v_jᵀ z has mean 0, variance 1
 * and no correlation with z. So the sums are d (l + 2) + O(l²) numbers with and without missing values. Sums of E[z zᵀ]
 * over the rows in which column j is observed would need fewer rounds, but d l² / 2 numbers: 10⁹ for 10⁵ columns and
 * 140 latent variables.
 *
 * <p>The sums are about errors, not about y. At the maximum the errors do not correlate with z, so the M-step subtracts
 * nothing from the squared errors, and no digits cancel.
 *
 * <p>C of complete rows is the same for all of them. The driver adds its terms.
 *
 * <p>An object holds the sums of one task.
 */
public final class LinearSums {
    private static final int WEIGHT = 0;

    /** Index of Σ w of complete rows. */
    private static final int COMPLETE = 1;

    private static final int CODES = 2;

    private final int d;
    private final int l;
    private final LinearPosterior posterior;
    private final double[] head;
    private final DMatrixRMaj moments;
    private final DMatrixRMaj products;
    private final double[] squares;
    private final Products multiply = new Products();
    private final DMatrixRMaj explained;
    private final DMatrixRMaj weights;
    private final DMatrixRMaj weighted;

    /** w (E[z]; 1) of each row, n × (l + 1). */
    private final DMatrixRMaj extended;

    /**
     * Creates the sums under a model.
     *
     * @param posterior of the model
     * @param other sums of the same thread whose buffers are used, too; null to create buffers
     */
    public LinearSums(LinearPosterior posterior, LinearSums other) {
        d = posterior.white().numRows;
        l = posterior.white().numCols;
        this.posterior = posterior;
        head = new double[moments(l)];
        moments = new DMatrixRMaj(l, l);
        products = new DMatrixRMaj(d, l + 1);
        squares = new double[d];
        explained = other == null ? new DMatrixRMaj(d, l) : other.explained;
        weights = other == null ? new DMatrixRMaj(0, 0) : other.weights;
        weighted = other == null ? new DMatrixRMaj(0, 0) : other.weighted;
        extended = other == null ? new DMatrixRMaj(0, 0) : other.extended;
    }

    private static int moments(int l) {
        return CODES + l;
    }

    private static int products(int l) {
        return moments(l) + l * l;
    }

    private static int squares(int d, int l) {
        return products(l) + d * (l + 1);
    }

    /** Returns the number of sums for d columns and l latent variables, which may be beyond an array. */
    public static long length(long d, long l) {
        return CODES + l + l * l + d * (l + 2);
    }

    /**
     * The sums per row of weight 1.
     *
     * @param codes mean of E[z], l numbers
     * @param moments mean of E[z zᵀ], l × l
     * @param products mean of E[(y_j − v_jᵀ z) (z; 1)ᵀ], d × (l + 1)
     * @param squares mean of E[(y_j − v_jᵀ z)²], d numbers
     */
    record Means(double[] codes, DMatrixRMaj moments, DMatrixRMaj products, double[] squares) {}

    /**
     * Returns the mean of each statistic, with the terms of complete rows.
     *
     * @param model model of the E-step
     * @param all an array that holds the sums from an entry on. Not modified.
     */
    static Means means(LinearGaussian model, double[] all, int from) {
        int d = model.dimension();
        int l = model.latent();
        double[] sums = Arrays.copyOfRange(all, from, from + squares(d, l) + d);
        double weight = sums[WEIGHT];
        double share = sums[COMPLETE] / weight;
        LinearPosterior posterior = new LinearPosterior(model);
        DMatrixRMaj covariance = posterior.covariance();
        double[] codes = new double[l];
        DMatrixRMaj moments = new DMatrixRMaj(l, l);
        for (int i = 0; i < l; i++) {
            codes[i] = sums[CODES + i] / weight;
            for (int k = 0; k < l; k++) { // the sums are in the upper triangle
                int at = Math.min(i, k) * l + Math.max(i, k);
                moments.data[i * l + k] = sums[moments(l) + at] / weight + share * covariance.data[i * l + k];
            }
        }
        DMatrixRMaj products = new DMatrixRMaj(d, l + 1);
        DMatrixRMaj explained = new DMatrixRMaj(d, l);
        CommonOps_DDRM.mult(posterior.white(), covariance, explained);
        double[] squares = new double[d];
        for (int j = 0; j < d; j++) {
            squares[j] = sums[squares(d, l) + j] / weight + share * Rows.product(explained, posterior.white(), j);
            for (int i = 0; i <= l; i++) {
                products.data[j * (l + 1) + i] =
                        sums[products(l) + j * (l + 1) + i] / weight - (i < l ? share * explained.data[j * l + i] : 0);
            }
        }
        return new Means(codes, moments, products, squares);
    }

    /**
     * Adds the block that the posterior has evaluated last.
     *
     * @param block n rows, NaN where a value is missing. Not modified.
     * @param all holds the weights of the rows from an entry on. Not modified.
     */
    public void add(Block block, double[] all, int from) {
        weights.reshape(1, block.size());
        System.arraycopy(all, from, weights.data, 0, block.size());
        MissingCells missing = block.missing();
        for (int pattern = 0; missing != null && pattern < missing.patterns(); pattern++) {
            addPattern(block, pattern, posterior.covariance(pattern));
        }
        addHead(block);
        Rows.scale(posterior.codes(), weights, 0, weighted);
        multiply.addGram(posterior.codes(), weighted, moments);
        multiply.addTransposed(posterior.residuals(), extended, products);
        addSquares(block);
        if (missing == null) {
            head[COMPLETE] += weight(0, block.size(), null);
        } else {
            head[COMPLETE] += weight(0, missing.completeRows().length, missing.completeRows());
        }
    }

    /** Sums weights and codes, and prepares the weighted rows. */
    private void addHead(Block block) {
        int n = block.size();
        extended.reshape(n, l + 1);
        for (int i = 0; i < n; i++) {
            double weight = weights.data[i];
            head[WEIGHT] += weight;
            for (int k = 0; k < l; k++) {
                double code = weight * posterior.codes().data[i * l + k];
                head[CODES + k] += code;
                extended.data[i * (l + 1) + k] = code;
            }
            extended.data[i * (l + 1) + l] = weight;
        }
    }

    private double weight(int from, int to, int[] rows) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += weights.data[rows == null ? i : rows[i]];
        }
        return sum;
    }

    private void addSquares(Block block) {
        double[] residuals = posterior.residuals().data;
        for (int i = 0; i < block.size(); i++) {
            double weight = weights.data[i];
            for (int j = 0; j < d; j++) {
                double residual = residuals[i * d + j];
                squares[j] = Math.fma(weight * residual, residual, squares[j]);
            }
        }
    }

    /** Adds the terms of the covariance C of the rows of a pattern, O(d l²). */
    private void addPattern(Block block, int pattern, DMatrixRMaj covariance) {
        MissingCells missing = block.missing();
        double weight = 0;
        for (int i = missing.start(pattern); i < missing.end(pattern); i++) {
            weight += weights.data[missing.incompleteRows()[i]];
        }
        for (int i = 0; i < l * l; i++) {
            moments.data[i] += weight * covariance.data[i];
        }
        explained.zero();
        multiply.addProduct(posterior.white(), covariance, explained);
        int[] columns = missing.columns(pattern);
        int next = columns.length - 1; // missing columns are in descending order
        for (int j = 0; j < d; j++) {
            if (next >= 0 && columns[next] == j) {
                next--;
                squares[j] += weight;
                continue;
            }
            squares[j] += weight * Rows.product(explained, posterior.white(), j);
            for (int i = 0; i < l; i++) {
                products.data[j * (l + 1) + i] -= weight * explained.data[j * l + i];
            }
        }
    }

    /**
     * Writes the sums.
     *
     * @param sums receives {@link #length} numbers from an entry on. Modified.
     */
    public void write(double[] sums, int from) {
        System.arraycopy(head, 0, sums, from, head.length);
        for (int i = 0; i < l; i++) {
            System.arraycopy(moments.data, i * l + i, sums, from + moments(l) + i * l + i, l - i);
        }
        System.arraycopy(products.data, 0, sums, from + products(l), products.getNumElements());
        System.arraycopy(squares, 0, sums, from + squares(d, l), d);
    }
}
