package io.github.sparklatent.ppca;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.RowScore;
import io.github.sparklatent.linalg.Cholesky;
import io.github.sparklatent.linalg.SymmetricEigen;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.MatrixFeatures_DDRM;

/** The parameters of probabilistic PCA: x ~ N(μ, W Wᵀ + σ² I). Immutable. */
public final class Ppca implements Serializable {
    /**
     * Greatest number of columns. The covariance of 10,000 columns takes 0.8 GB in each task and on
     * the driver.
     */
    public static final int MOST_COLUMNS = 10_000;

    private static final long serialVersionUID = 1L;
    private static final RowScore ANY =
            () -> (block, scores) -> Arrays.fill(scores, 0, block.size(), 0);

    private final double[] mean;
    private final DMatrixRMaj loadings;
    private final double noise;

    /**
     * Creates a model.
     *
     * @param mean μ, d numbers. Not modified.
     * @param loadings W, d × l with l &lt; d. Not modified.
     * @param noise σ², above 0
     * @throws IllegalArgumentException if the shapes do not fit, a number is out of range, or σ² is
     *     lost in the rounding of WᵀW
     */
    public Ppca(double[] mean, DMatrixRMaj loadings, double noise) {
        Require.that(
                loadings.numRows == mean.length
                        && loadings.numCols >= 1
                        && loadings.numCols < mean.length,
                "the loadings are %d x %d, expected %d x 1 to %d",
                loadings.numRows,
                loadings.numCols,
                mean.length,
                mean.length - 1);
        Require.that(
                noise > 0 && Double.isFinite(noise),
                "the noise variance is %s, expected a number > 0",
                noise);
        Require.that(
                Arrays.stream(mean).allMatch(Double::isFinite)
                        && Arrays.stream(loadings.data).allMatch(Double::isFinite),
                "the mean or the loadings hold NaN or an infinity, expected finite numbers");
        factor(loadings, noise);
        this.mean = mean.clone();
        this.loadings = loadings.copy();
        this.noise = noise;
    }

    /**
     * A fit, with the variances that it explains.
     *
     * @param model the parameters
     * @param weight total weight of the rows
     * @param meanLogLikelihood mean log-likelihood of these rows, nats per row of weight 1
     * @param variances eigenvalues of the covariance of the rows, greatest first
     */
    public record Fit(Ppca model, double weight, double meanLogLikelihood, double[] variances) {
        /** Returns warnings about a bound noise variance and about latent variables without use. */
        public List<String> warnings() {
            List<String> warnings = new ArrayList<>();
            int latent = model.latent();
            double others = others(variances, latent);
            if (model.noise > others) {
                warnings.add(
                        "the noise variance is its lower bound %s, the regularization, which is above the mean variance %.4g along the axes without a latent variable: lower the regularization or scale the columns, unless that variance is only rounding error"
                                .formatted(model.noise, others));
            }
            long zero = Arrays.stream(variances, 0, latent).filter(v -> v <= model.noise).count();
            if (zero > 0) {
                warnings.add(
                        "the codes of %d of %d latent variables are always 0, because the variances along their axes do not exceed the noise variance %s: lower the regularization, scale the columns, or use fewer latent variables"
                                .formatted(zero, latent, model.noise));
            }
            return warnings;
        }
    }

    /**
     * Fits the model of maximum likelihood in closed form (Tipping and Bishop 1999, section 3.2).
     *
     * <pre>
     *   S = U Λ Uᵀ                             (covariance of the rows)
     *   σ² = Σ_{j &gt; l} λ_j / (d − l)           (eq. 8)
     *   W  = U_l (Λ_l − σ² I)^½                (eq. 7, R = I)
     * </pre>
     *
     * <p>The sign of each axis is chosen so that its entry of greatest magnitude is positive.
     *
     * @param data the rows
     * @param latent l, the number of latent dimensions
     * @param regularization lower bound of σ², in squared units of the data
     * @throws DataException if the number of columns does not fit, if the rows do not vary, or if
     *     they have no finite covariance
     */
    public static Fit fit(RowBlocks data, int latent, double regularization) {
        int d = data.width();
        requireColumns(d, latent);
        Moments moments = Moments.of(data);
        SymmetricEigen eigen = eigen(moments.covariance());
        Integer[] order = new Integer[d];
        Arrays.setAll(order, j -> j);
        Arrays.sort(order, (a, b) -> Double.compare(eigen.value(b), eigen.value(a)));
        double[] variances = new double[d];
        Arrays.setAll(variances, j -> Math.max(0, eigen.value(order[j])));
        requireVariation(data, moments.mean(), Arrays.stream(variances).sum());
        double noise = Math.max(others(variances, latent), regularization);
        if (!(noise > 0)) {
            throw new DataException(
                    "the rows vary in at most %d directions and the regularization is 0, so there is no noise to estimate: use a regularization above 0 or fewer latent variables"
                            .formatted(latent));
        }
        DMatrixRMaj loadings = new DMatrixRMaj(d, latent);
        for (int l = 0; l < latent; l++) {
            double[] axis = eigen.vector(order[l]);
            double length = Math.sqrt(Math.max(0, variances[l] - noise)) * sign(axis);
            for (int j = 0; j < d; j++) {
                loadings.unsafe_set(j, l, length * axis[j]);
            }
        }
        return new Fit(
                new Ppca(moments.mean(), loadings, noise),
                moments.weight(),
                meanLogLikelihood(variances, latent, noise),
                variances);
    }

    /**
     * Checks the number of columns. The width of some tables is known before their rows are read.
     *
     * @throws DataException if it is above {@link #MOST_COLUMNS} or not above the number of latent
     *     variables
     */
    public static void requireColumns(int columns, int latent) {
        if (columns > MOST_COLUMNS) {
            throw new DataException(
                    "the rows have %d columns, but probabilistic PCA collects the covariance of at most %d: select fewer columns or train an autoencoder"
                            .formatted(columns, MOST_COLUMNS));
        }
        if (latent >= columns) {
            throw new DataException(
                    "the rows have %d columns for %d latent variables, expected more columns than latent variables: use fewer latent variables or more columns"
                            .formatted(columns, latent));
        }
    }

    private static SymmetricEigen eigen(DMatrixRMaj covariance) {
        if (MatrixFeatures_DDRM.hasUncountable(covariance)) {
            throw new DataException(
                    "the covariance of the rows is not finite, because the numbers are too large to"
                            + " be squared: scale the columns");
        }
        return SymmetricEigen.of(covariance)
                .orElseThrow(
                        () ->
                                new DataException(
                                        "the eigenvalues of the covariance of %d columns did not converge: scale the columns or select fewer"
                                                .formatted(covariance.numRows)));
    }

    /**
     * Requires two different rows. Of equal rows, the rounding of their mean, up to n u |μ| with
     * unit round-off u, may leave a variance.
     */
    private static void requireVariation(RowBlocks data, double[] mean, double total) {
        double rounding = 0;
        for (double value : mean) {
            rounding += Math.pow(data.rows() * Math.ulp(value), 2);
        }
        if (total == 0
                || total <= rounding && data.smallest("PPCA, distinct rows", ANY, 2).size() < 2) {
            throw new DataException(
                    "the rows do not vary: the variance of all columns is 0 in the %d training rows, expected rows that differ; check which rows and columns are selected"
                            .formatted(data.rows()));
        }
    }

    /** Returns the mean variance along the axes without a latent variable. */
    private static double others(double[] variances, int latent) {
        return Arrays.stream(variances, latent, variances.length).sum()
                / (variances.length - latent);
    }

    private static int sign(double[] axis) {
        double greatest = 0;
        for (double value : axis) {
            greatest = Math.abs(value) > Math.abs(greatest) ? value : greatest;
        }
        return greatest < 0 ? -1 : 1;
    }

    /**
     * Returns the mean log-likelihood of the rows that the covariance was computed from (eq. 4): −½
     * (d log 2π + log |C| + tr(C⁻¹ S)). C has the eigenvalues max(λ_j, σ²) along the first l axes
     * and σ² along the others.
     */
    private static double meanLogLikelihood(double[] variances, int latent, double noise) {
        double sum = variances.length * Math.log(2 * Math.PI);
        for (int j = 0; j < variances.length; j++) {
            double model = j < latent ? Math.max(variances[j], noise) : noise;
            sum += Math.log(model) + variances[j] / model;
        }
        return -0.5 * sum;
    }

    /**
     * Factorises M = Wᵀ W + σ² I (l × l).
     *
     * @throws IllegalArgumentException if M is not positive definite to working precision
     */
    static Cholesky factor(DMatrixRMaj loadings, double noise) {
        int l = loadings.numCols;
        DMatrixRMaj inner = new DMatrixRMaj(l, l);
        CommonOps_DDRM.multTransA(loadings, loadings, inner);
        for (int i = 0; i < l; i++) {
            inner.add(i, i, noise);
        }
        return Cholesky.of(inner)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "the loadings W are linearly dependent or not in the range of numbers, and the noise variance %s is lost in the rounding of WᵀW: expected orthogonal columns or a greater noise variance"
                                                .formatted(noise)));
    }

    /** Returns the number of columns d. */
    public int dimension() {
        return mean.length;
    }

    /** Returns the number of latent variables l. */
    public int latent() {
        return loadings.numCols;
    }

    /** Returns the mean μ, d numbers; a copy. */
    public double[] mean() {
        return mean.clone();
    }

    /** Returns the loadings W, d × l; a copy. */
    public DMatrixRMaj loadings() {
        return loadings.copy();
    }

    /** Returns the noise variance σ², in squared units of the data. */
    public double noise() {
        return noise;
    }

    /**
     * Returns the number of free parameters: d l + 1 − l (l − 1) / 2 of the covariance, and d of
     * the mean.
     */
    public long freeParameters() {
        long d = dimension();
        long l = latent();
        return d * l + 1 - l * (l - 1) / 2 + d;
    }
}
