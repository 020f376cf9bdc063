package io.github.sparklatent.linear;

import io.github.sparklatent.learn.em.Expectation;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.MissingCells;
import io.github.sparklatent.linalg.Products;
import io.github.sparklatent.linalg.Rows;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The E-step of a linear Gaussian model. With V, y and o as in {@link LinearPosterior}, r = y − V
 * E[z] and C = Cov[z], and with all expectations given the observed values, it sums
 *
 * <pre>
 *   w log p(x_o),  w,  w E[z],  w E[z zᵀ]
 *   w E[(y_j − v_jᵀ z) (z; 1)ᵀ] = o_j w (r_j E[z]ᵀ − v_jᵀ C; r_j)
 *   w E[(y_j − v_jᵀ z)²]        = o_j w (r_j² + v_jᵀ C v_j) + (1 − o_j) w
 * </pre>
 *
 * A missing value is a latent variable, too (Ghahramani and Jordan 1994): its error y_j − v_jᵀ z
 * has mean 0, variance 1 and no correlation with z. So the sums are d (l + 2) + O(l²) numbers with
 * and without missing values. Sums of E[z zᵀ] over the rows in which column j is observed would
 * need fewer rounds, but d l² / 2 numbers: 10⁹ for 10⁵ columns and 140 latent variables.
 *
 * <p>The sums are about errors, not about y. At the maximum the errors do not correlate with z, so
 * the M-step subtracts nothing from the squared errors, and no digits cancel.
 *
 * <p>C of complete rows is the same for all of them. The driver adds its terms.
 *
 * @param model model that gives the expectations
 */
record LinearExpectation(LinearGaussian model) implements Expectation {
    static final int LOG_LIKELIHOOD = 0;
    static final int WEIGHT = 1;

    /** Index of Σ w of complete rows. */
    private static final int COMPLETE = 2;

    private static final int CODES = 3;

    private int latent() {
        return model.latent();
    }

    private int moments() {
        return CODES + latent();
    }

    private int products() {
        return moments() + latent() * latent();
    }

    private int squares() {
        return products() + model.dimension() * (latent() + 1);
    }

    @Override
    public int length() {
        return squares() + model.dimension();
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

    /** Returns the mean of each statistic, with the terms of complete rows. */
    Means means(double[] sums) {
        int d = model.dimension();
        int l = latent();
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
                moments.data[i * l + k] =
                        sums[moments() + at] / weight + share * covariance.data[i * l + k];
            }
        }
        DMatrixRMaj products = new DMatrixRMaj(d, l + 1);
        DMatrixRMaj explained = new DMatrixRMaj(d, l);
        CommonOps_DDRM.mult(posterior.white(), covariance, explained);
        double[] squares = new double[d];
        for (int j = 0; j < d; j++) {
            squares[j] =
                    sums[squares() + j] / weight
                            + share * Rows.product(explained, posterior.white(), j);
            for (int i = 0; i <= l; i++) {
                products.data[j * (l + 1) + i] =
                        sums[products() + j * (l + 1) + i] / weight
                                - (i < l ? share * explained.data[j * l + i] : 0);
            }
        }
        return new Means(codes, moments, products, squares);
    }

    @Override
    public Accumulator accumulator() {
        return new Sums();
    }

    /** The sums of one task. */
    private final class Sums implements Accumulator {
        private final int d = model.dimension();
        private final int l = latent();
        private final LinearPosterior posterior = new LinearPosterior(model);
        private final double[] head = new double[moments()];
        private final DMatrixRMaj moments = new DMatrixRMaj(l, l);
        private final DMatrixRMaj products = new DMatrixRMaj(d, l + 1);
        private final double[] squares = new double[d];
        private final Products multiply = new Products();
        private final DMatrixRMaj weights = new DMatrixRMaj(0, 0);
        private final DMatrixRMaj weighted = new DMatrixRMaj(0, 0);

        /** w (E[z]; 1) of each row, n × (l + 1). */
        private final DMatrixRMaj extended = new DMatrixRMaj(0, 0);

        private final DMatrixRMaj explained = new DMatrixRMaj(d, l);

        @Override
        public void add(Block block) {
            MissingCells missing = block.missing();
            posterior.evaluate(
                    block, (pattern, covariance) -> addPattern(block, pattern, covariance));
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

        /** Sums log densities, weights and codes, and prepares the weighted rows. */
        private void addHead(Block block) {
            int n = block.size();
            weights.reshape(1, n);
            extended.reshape(n, l + 1);
            for (int i = 0; i < n; i++) {
                double weight = block.weight(i);
                weights.data[i] = weight;
                head[LOG_LIKELIHOOD] += weight * posterior.logDensity(i);
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
                double weight = block.weight(i);
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
                weight += block.weight(missing.incompleteRows()[i]);
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

        @Override
        public double[] statistics() {
            double[] sums = new double[length()];
            System.arraycopy(head, 0, sums, 0, head.length);
            for (int i = 0; i < l; i++) {
                System.arraycopy(moments.data, i * l + i, sums, moments() + i * l + i, l - i);
            }
            System.arraycopy(products.data, 0, sums, products(), products.getNumElements());
            System.arraycopy(squares, 0, sums, squares(), d);
            return sums;
        }
    }
}
