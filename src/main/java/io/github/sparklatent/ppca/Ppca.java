package io.github.sparklatent.ppca;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.linalg.Cholesky;
import io.github.sparklatent.linalg.SymmetricEigen;
import java.io.Serializable;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** The parameters of probabilistic PCA: x ~ N(μ, W Wᵀ + σ² I). Immutable. */
public final class Ppca implements Serializable {
    private static final long serialVersionUID = 1L;

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
     * @param meanLogLikelihood of these rows, nats per row of weight 1
     * @param variances eigenvalues of the covariance of the rows, greatest first
     */
    public record Fit(Ppca model, double weight, double meanLogLikelihood, double[] variances) {
        /** Returns the share of the total variance that lies along each of the l axes. */
        public double[] explained() {
            double total = Arrays.stream(variances).sum();
            return Arrays.stream(variances, 0, model.latent()).map(v -> v / total).toArray();
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
     * <p>The sign of each axis is the one that makes its entry of greatest magnitude positive.
     *
     * @param data the rows
     * @param latent l
     * @param regularization lower bound of σ², in squared units of the data
     * @throws DataException if there are fewer columns than latent variables plus one, or if the
     *     rows have no finite covariance
     */
    public static Fit fit(RowBlocks data, int latent, double regularization) {
        int d = data.width();
        if (latent >= d) {
            throw new DataException(
                    "model.latent is %d, but the rows have %d numbers: must be less"
                            .formatted(latent, d));
        }
        Moments moments = Moments.of(data);
        SymmetricEigen eigen =
                SymmetricEigen.of(moments.covariance())
                        .orElseThrow(
                                () ->
                                        new DataException(
                                                "the covariance of the rows is not finite: scale"
                                                        + " the columns, for example by data.scale"
                                                        + " = standard"));
        Integer[] order = new Integer[d];
        Arrays.setAll(order, j -> j);
        Arrays.sort(order, (a, b) -> Double.compare(eigen.value(b), eigen.value(a)));
        double[] variances = new double[d];
        Arrays.setAll(variances, j -> Math.max(0, eigen.value(order[j])));
        double left = Arrays.stream(variances, latent, d).sum() / (d - latent);
        double noise = Math.max(left, regularization);
        if (!(noise > 0)) {
            throw new DataException(
                    "the rows vary in %d directions or fewer and model.regularization is 0: there is no noise to estimate; use a regularization above 0 or a smaller model.latent"
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
