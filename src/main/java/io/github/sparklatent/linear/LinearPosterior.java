package io.github.sparklatent.linear;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.Cholesky;
import io.github.sparklatent.linalg.MissingCells;
import io.github.sparklatent.linalg.Products;
import io.github.sparklatent.linalg.Rows;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Computes log density, code and reconstruction of each row of a block. Missing values are left out, which is exact:
 * with o the observed columns of a row, V = Ψ^-½ W and y = Ψ^-½ (x − μ),
 *
 * <pre>
 *   M = I + V_oᵀ V_o                       (l × l)
 *   E[z|x] = M⁻¹ V_oᵀ y_o,  Cov[z|x] = M⁻¹
 *   log p(x_o) = −½ (|o| log 2π + Σ_o log ψ_j + log |M| + |y_o − V_o E[z|x]|² + |E[z|x]|²)
 * </pre>
 *
 * The last line follows from the Woodbury identity and the matrix determinant lemma. The squares in this line are
 * added, so no digits cancel. The shorter form |y_o|² − |L⁻¹ V_oᵀ y_o|², with M = L Lᵀ, loses all digits if the
 * variance along an axis is 10¹⁶ times the noise or more.
 *
 * <p>M does not depend on the row if no value is missing. Otherwise each set of missing columns has its own M, which
 * costs O(d l²).
 *
 * <p>An object holds the buffers of one task.
 */
public final class LinearPosterior {
    private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

    private final LinearGaussian model;
    private final double[] mean;
    private final double[] deviations;
    private final double[] logNoise;

    /** V, d × l. */
    private final DMatrixRMaj white;

    private final Factor complete;
    private final Products products;

    /** V of the observed columns of a pattern. */
    private final DMatrixRMaj observed;

    /** y − V E[z|x], and 0 where a value is missing. */
    private final DMatrixRMaj residuals;

    private final DMatrixRMaj projected;
    private final DMatrixRMaj whitened;
    private final DMatrixRMaj codes;
    private final DMatrixRMaj fitted;
    private final DMatrixRMaj few;
    private final DMatrixRMaj fewCodes;

    /** The posterior of each row of the block. */
    private Factor[] factors = new Factor[0];

    private Block last;

    /** Factorises M and creates the buffers. */
    public LinearPosterior(LinearGaussian model) {
        this(model, null);
    }

    /**
     * Factorises M.
     *
     * @param other object of the same thread whose buffers are used, too: the results of both are valid until either
     *     evaluates a block. Null to create buffers.
     */
    public LinearPosterior(LinearGaussian model, LinearPosterior other) {
        boolean own = other == null;
        this.products = own ? new Products() : other.products;
        this.observed = own ? new DMatrixRMaj(0, 0) : other.observed;
        this.residuals = own ? new DMatrixRMaj(0, 0) : other.residuals;
        this.projected = own ? new DMatrixRMaj(0, 0) : other.projected;
        this.whitened = own ? new DMatrixRMaj(0, 0) : other.whitened;
        this.codes = own ? new DMatrixRMaj(0, 0) : other.codes;
        this.fitted = own ? new DMatrixRMaj(0, 0) : other.fitted;
        this.few = own ? new DMatrixRMaj(0, 0) : other.few;
        this.fewCodes = own ? new DMatrixRMaj(0, 0) : other.fewCodes;
        int d = model.dimension();
        this.model = model;
        this.mean = model.mean();
        this.white = model.whiteLoadings();
        this.deviations = new double[d];
        this.logNoise = new double[d];
        double constant = 0;
        for (int j = 0; j < d; j++) {
            deviations[j] = Math.sqrt(model.noise(j));
            logNoise[j] = LOG_TWO_PI + StrictMath.log(model.noise(j));
            constant += logNoise[j];
        }
        this.complete = Factor.of(model.factor(), constant);
    }

    /**
     * The posterior of rows with the same observed columns.
     *
     * @param whitening L⁻ᵀ, l × l
     * @param covariance M⁻¹, l × l
     * @param constant |o| log 2π + Σ_o log ψ_j + log |M|
     */
    private record Factor(DMatrixRMaj whitening, DMatrixRMaj covariance, double constant) {
        static Factor of(Cholesky factor, double constant) {
            DMatrixRMaj whitening = factor.whitening();
            DMatrixRMaj covariance = new DMatrixRMaj(whitening.numRows, whitening.numRows);
            new Products().addOuter(whitening, whitening, covariance);
            return new Factor(whitening, covariance, constant + factor.logDeterminant());
        }
    }

    /**
     * Computes the results of a block; the other methods return them.
     *
     * @param block n rows, NaN where a value is missing. Not modified.
     */
    public void evaluate(Block block) {
        int n = block.size();
        last = block;
        subtract(block.rows());
        projected.reshape(n, model.latent());
        projected.zero();
        products.addProduct(residuals, white, projected);
        solve(projected, complete, codes);
        factors = factors.length < n ? new Factor[n] : factors;
        Arrays.fill(factors, 0, n, complete);
        MissingCells missing = block.missing();
        for (int pattern = 0; missing != null && pattern < missing.patterns(); pattern++) {
            evaluate(missing, pattern, factor(missing.columns(pattern)));
        }
        fitted.reshape(n, model.dimension());
        fitted.zero();
        products.addOuter(codes, white, fitted);
        subtractFitted(block);
    }

    /** Computes y, with 0 where a value is missing. */
    private void subtract(DMatrixRMaj rows) {
        int d = rows.numCols;
        residuals.reshape(rows.numRows, d);
        for (int at = 0; at < rows.getNumElements(); at += d) {
            for (int j = 0; j < d; j++) {
                double y = (rows.data[at + j] - mean[j]) / deviations[j];
                residuals.data[at + j] = Double.isNaN(y) ? 0 : y;
            }
        }
    }

    private void solve(DMatrixRMaj right, Factor factor, DMatrixRMaj solution) {
        products.multiplyUpper(right, factor.whitening(), whitened);
        solution.reshape(right.numRows, right.numCols);
        solution.zero();
        products.addOuter(whitened, factor.whitening(), solution);
    }

    private Factor factor(int[] missing) {
        int d = model.dimension();
        int l = model.latent();
        observed.reshape(d - missing.length, l);
        double constant = 0;
        int row = 0;
        int next = missing.length - 1; // missing columns are in descending order
        for (int j = 0; j < d; j++) {
            if (next >= 0 && missing[next] == j) {
                next--;
            } else {
                System.arraycopy(white.data, j * l, observed.data, row++ * l, l);
                constant += logNoise[j];
            }
        }
        try {
            return Factor.of(LinearGaussian.factor(observed), constant);
        } catch (IllegalArgumentException e) {
            throw new DataException(
                    "a row has %d missing values, and the noise variance is lost in the rounding of the others: use a greater regularization, fewer latent variables, or columns of similar scale"
                            .formatted(missing.length),
                    e);
        }
    }

    private void evaluate(MissingCells missing, int pattern, Factor factor) {
        int l = model.latent();
        int first = missing.start(pattern);
        int count = missing.end(pattern) - first;
        few.reshape(count, l);
        for (int i = 0; i < count; i++) {
            int row = missing.incompleteRows()[first + i];
            System.arraycopy(projected.data, row * l, few.data, i * l, l);
        }
        solve(few, factor, fewCodes);
        for (int i = 0; i < count; i++) {
            int row = missing.incompleteRows()[first + i];
            System.arraycopy(fewCodes.data, i * l, codes.data, row * l, l);
            factors[row] = factor;
        }
    }

    private void subtractFitted(Block block) {
        boolean isComplete = block.isComplete();
        double[] rows = block.rows().data;
        for (int i = 0; i < residuals.getNumElements(); i++) {
            residuals.data[i] = isComplete || !Double.isNaN(rows[i]) ? residuals.data[i] - fitted.data[i] : 0;
        }
    }

    /**
     * Returns log p(x_o) of a row of the block, in nats; −∞ if the row is so far away that its differences are not in
     * the range of numbers.
     */
    public double logDensity(int row) {
        double distance = Rows.squaredNorm(residuals, row) + Rows.squaredNorm(codes, row);
        return Double.isNaN(distance) ? Double.NEGATIVE_INFINITY : -0.5 * (factors[row].constant() + distance);
    }

    /** Returns the greatest log density of a row with the same observed columns as a row of the block, in nats. */
    public double peak(int row) {
        return -0.5 * factors[row].constant();
    }

    /** Returns the log density of the mean, in nats. */
    public double greatestLogDensity() {
        return -0.5 * complete.constant();
    }

    /** Returns E[z|x] of each row of the block, n × l. Not to be modified. */
    public DMatrixRMaj codes() {
        return codes;
    }

    /** Returns the posterior variances of the latent variables of a row of the block, l numbers. */
    public double[] variances(int row) {
        return CommonOps_DDRM.extractDiag(factors[row].covariance(), null).data;
    }

    /** Returns V, the loadings in units of the noise. Not to be modified. */
    DMatrixRMaj white() {
        return white;
    }

    /**
     * Returns Ψ^-½ (x − μ − W E[z|x]) of each row of the block, n × d, with 0 where a value is missing. Not to be
     * modified.
     */
    DMatrixRMaj residuals() {
        return residuals;
    }

    /** Returns Cov[z|x] of the rows of a pattern of the block's missing cells, l × l. Not to be modified. */
    DMatrixRMaj covariance(int pattern) {
        MissingCells missing = last.missing();
        return factors[missing.incompleteRows()[missing.start(pattern)]].covariance();
    }

    /** Returns Cov[z|x] of complete rows, l × l. Not to be modified. */
    DMatrixRMaj covariance() {
        return complete.covariance();
    }

    /**
     * Computes W E[z|x] + μ of each row of the block.
     *
     * @param out n × d. Modified; its shape is set.
     */
    public void reconstruct(DMatrixRMaj out) {
        int d = model.dimension();
        out.reshape(fitted.numRows, d);
        for (int at = 0; at < out.getNumElements(); at += d) {
            for (int j = 0; j < d; j++) {
                out.data[at + j] = Math.fma(deviations[j], fitted.data[at + j], mean[j]);
            }
        }
    }

    /**
     * Computes the rows of the block with each missing value replaced by its mean given the observed ones, which is its
     * reconstruction.
     *
     * @param out n × d. Modified; its shape is set.
     */
    public void impute(DMatrixRMaj out) {
        reconstruct(out);
        double[] rows = last.rows().data;
        for (int i = 0; i < out.getNumElements(); i++) {
            if (!Double.isNaN(rows[i])) {
                out.data[i] = rows[i];
            }
        }
    }
}
