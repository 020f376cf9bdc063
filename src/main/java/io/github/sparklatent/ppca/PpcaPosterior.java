package io.github.sparklatent.ppca;

import io.github.sparklatent.learn.em.Expectation;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.Cholesky;
import io.github.sparklatent.linalg.Products;
import io.github.sparklatent.linalg.Rows;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Computes log density, code and reconstruction of each row of a block. An object holds the buffers
 * of one task.
 *
 * <pre>
 *   M = Wᵀ W + σ² I                        (l × l)
 *   E[z|x] = M⁻¹ Wᵀ (x − μ),  Cov[z|x] = σ² M⁻¹
 *   log p(x) = −½ (d log 2π + (d − l) log σ² + log |M| + |x − μ − W E[z|x]|² / σ² + |E[z|x]|²)
 * </pre>
 *
 * The last line follows from the Woodbury identity and the matrix determinant lemma. The squares in
 * this line are added, so no digits cancel. The shorter form (|x − μ|² − |L⁻¹ Wᵀ (x − μ)|²) / σ²,
 * with M = L Lᵀ, loses all digits if the variance along an axis is 10¹⁶ σ² or more.
 */
public final class PpcaPosterior {
    private final Ppca model;
    private final DMatrixRMaj origin;
    private final DMatrixRMaj loadings;
    private final DMatrixRMaj whitening;
    private final double constant;
    private final double[] variance;
    private final Products products = new Products();
    private final DMatrixRMaj residuals = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj projected = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj whitened = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj codes = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj reconstructions = new DMatrixRMaj(0, 0);

    /** Factorises M and creates the buffers. */
    public PpcaPosterior(Ppca model) {
        this.model = model;
        this.origin = DMatrixRMaj.wrap(1, model.dimension(), model.mean());
        this.loadings = model.loadings();
        int l = model.latent();
        Cholesky factor = Ppca.factor(loadings, model.noise());
        this.whitening = factor.whitening();
        this.constant =
                model.dimension() * Math.log(2 * Math.PI)
                        + (model.dimension() - l) * Math.log(model.noise())
                        + factor.logDeterminant();
        this.variance = new double[l];
        for (int i = 0; i < l; i++) {
            for (int j = i; j < l; j++) { // (M⁻¹)_ii = Σ_j U_ij², U = L⁻ᵀ upper triangular
                double u = whitening.unsafe_get(i, j);
                variance[i] += model.noise() * u * u;
            }
        }
    }

    /**
     * Computes the results of a block; the other methods return them.
     *
     * @param rows n × d. Not modified.
     */
    public void evaluate(DMatrixRMaj rows) {
        int n = rows.numRows;
        Rows.subtract(rows, origin, 0, residuals);
        projected.reshape(n, model.latent());
        projected.zero();
        products.addProduct(residuals, loadings, projected);
        products.multiplyUpper(projected, whitening, whitened);
        codes.reshape(n, model.latent());
        codes.zero();
        products.addOuter(whitened, whitening, codes);
        reconstructions.reshape(n, model.dimension());
        reconstructions.zero();
        products.addOuter(codes, loadings, reconstructions);
        CommonOps_DDRM.subtractEquals(residuals, reconstructions);
        for (int i = 0; i < reconstructions.getNumElements(); i++) {
            reconstructions.data[i] += origin.data[i % origin.numCols];
        }
    }

    /** Returns log p(x) of a row of the block, in nats. */
    public double logDensity(int row) {
        double distance =
                Rows.squaredNorm(residuals, row) / model.noise() + Rows.squaredNorm(codes, row);
        return -0.5 * (constant + distance);
    }

    /** Returns E[z|x] of each row of the block, n × l. Not to be modified. */
    public DMatrixRMaj codes() {
        return codes;
    }

    /**
     * Returns the posterior variance of each latent variable, l numbers. It is the same for all
     * rows.
     */
    public double[] variance() {
        return variance.clone();
    }

    /** Returns W E[z|x] + μ of each row of the block, n × d. Not to be modified. */
    public DMatrixRMaj reconstructions() {
        return reconstructions;
    }

    /**
     * The sums of an evaluation: Σ w log p(x), Σ w.
     *
     * @param model model that gives the densities
     */
    public record Evaluation(Ppca model) implements Expectation {
        /** Index of Σ w log p(x). */
        public static final int LOG_LIKELIHOOD = 0;

        /** Index of Σ w. */
        public static final int WEIGHT = 1;

        @Override
        public int length() {
            return WEIGHT + 1;
        }

        @Override
        public Accumulator accumulator() {
            PpcaPosterior posterior = new PpcaPosterior(model);
            double[] sums = new double[length()];
            return new Accumulator() {
                @Override
                public void add(Block block) {
                    posterior.evaluate(block.rows());
                    for (int i = 0; i < block.size(); i++) {
                        sums[LOG_LIKELIHOOD] += block.weight(i) * posterior.logDensity(i);
                        sums[WEIGHT] += block.weight(i);
                    }
                }

                @Override
                public double[] statistics() {
                    return sums;
                }
            };
        }
    }
}
