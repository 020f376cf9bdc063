package io.github.sparklatent.linear;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.RowWeights;
import io.github.sparklatent.linalg.SymmetricEigen;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.MatrixFeatures_DDRM;

/**
 * Probabilistic PCA in closed form: by variational Bayes, see {@link VariationalPca}, or of maximum likelihood (Tipping
 * and Bishop 1999, section 3.2).
 *
 * <pre>
 *   S = U Λ Uᵀ                             (covariance of the rows)
 *   σ² = Σ_{j &gt; l} λ_j / (d − l)           (eq. 8)
 *   W  = U_l (Λ_l − σ² I)^½                (eq. 7, R = I)
 * </pre>
 *
 * <p>The sign of each axis is chosen so that its entry of greatest magnitude is positive.
 */
final class ClosedForm {
    private ClosedForm() {}

    /**
     * The parameters along the eigenvectors of the covariance.
     *
     * @param noise σ², above 0
     * @param squaredLengths |w_l|² of the axes in use, the greatest variance first
     */
    record Solution(double noise, double[] squaredLengths) {}

    /**
     * Fits the model.
     *
     * @throws DataException if the rows do not vary, are not complete, or have no finite covariance
     */
    static LinearFit fit(RowBlocks data, LinearOptions options) {
        if (!data.isComplete()) {
            throw new DataException(
                    "the rows have missing values, but %s needs complete rows: fit by em".formatted(options.fit()));
        }
        int d = data.width();
        int latent = options.latent();
        Moments moments = Moments.of(data);
        SymmetricEigen eigen = eigen(moments.covariance());
        Integer[] order = new Integer[d];
        Arrays.setAll(order, j -> j);
        Arrays.sort(order, (a, b) -> Double.compare(eigen.value(b), eigen.value(a)));
        double[] variances = new double[d];
        Arrays.setAll(variances, j -> Math.max(0, eigen.value(order[j])));
        double total = Arrays.stream(variances).sum();
        Variation.require(data, moments.mean(), total);
        Solution solution = options.fit() == FitMethod.VARIATIONAL_BAYES
                ? bayes(variances, RowWeights.of(data).number(), options)
                : maximumLikelihood(variances, options);
        double[] squares = solution.squaredLengths();
        // A model has a latent variable, if only with loadings of 0.
        DMatrixRMaj loadings = new DMatrixRMaj(d, Math.max(1, squares.length));
        for (int l = 0; l < squares.length; l++) {
            double[] axis = eigen.vector(order[l]);
            double length = Math.sqrt(squares[l]) * LinearGaussian.sign(axis);
            for (int j = 0; j < d; j++) {
                loadings.unsafe_set(j, l, length * axis[j]);
            }
        }
        return new LinearFit(
                options,
                new LinearGaussian(moments.mean(), loadings, solution.noise()),
                moments.weight(),
                meanLogLikelihood(variances, solution),
                variances,
                total,
                1,
                true,
                List.of(),
                new int[0]);
    }

    /**
     * Centring n rows takes one degree of freedom: a rotation of the rows leaves n − 1 rows with independent noise and
     * the same sum of squares.
     */
    private static Solution bayes(double[] variances, double rows, LinearOptions options) {
        if (!(rows >= 2)) {
            throw new DataException(
                    "the weights of the rows are so unequal that they count as %.2f rows, expected at least 2 for variational Bayes: fit by closed-form"
                            .formatted(rows));
        }
        double[] unbiased =
                Arrays.stream(variances).map(one -> one * rows / (rows - 1)).toArray();
        return VariationalPca.of(unbiased, rows - 1, options.latent(), options.regularization());
    }

    private static Solution maximumLikelihood(double[] variances, LinearOptions options) {
        int d = variances.length;
        int latent = options.latent();
        double others = Arrays.stream(variances, latent, d).sum() / (d - latent);
        double noise = Math.max(others, options.regularization());
        if (!(noise > 0)) {
            throw new DataException(
                    "the rows vary in at most %d directions and the regularization is 0, so there is no noise to estimate: use a regularization above 0 or fewer latent variables"
                            .formatted(latent));
        }
        double[] squares = new double[latent];
        Arrays.setAll(squares, l -> Math.max(0, variances[l] - noise));
        return new Solution(noise, squares);
    }

    private static SymmetricEigen eigen(DMatrixRMaj covariance) {
        if (MatrixFeatures_DDRM.hasUncountable(covariance)) {
            throw Variation.tooLarge();
        }
        return SymmetricEigen.of(covariance)
                .orElseThrow(() -> new DataException(
                        "the eigenvalues of the covariance of %d columns did not converge: scale the columns or select fewer"
                                .formatted(covariance.numRows)));
    }

    /**
     * Returns the mean log-likelihood of the rows that the covariance was computed from (eq. 4): −½ (d log 2π + log |C|
     * + tr(C⁻¹ S)). C has the eigenvalues |w_j|² + σ² along the first l axes and σ² along the others.
     */
    private static double meanLogLikelihood(double[] variances, Solution solution) {
        double[] squares = solution.squaredLengths();
        double sum = variances.length * Math.log(2 * Math.PI);
        for (int j = 0; j < variances.length; j++) {
            double model = solution.noise() + (j < squares.length ? squares[j] : 0);
            sum += Math.log(model) + variances[j] / model;
        }
        return -0.5 * sum;
    }
}
