package io.github.sparklatent.linear;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.linalg.SymmetricEigen;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.MatrixFeatures_DDRM;

/**
 * Probabilistic PCA in closed form: the maximum likelihood of Tipping and Bishop (1999, section 3.2).
 *
 * <pre>
 *   S = U Λ Uᵀ                             (covariance of the rows)
 *   σ² = (tr S − Σ_{j ≤ l} λ_j) / (d − l)   (eq. 8)
 *   W  = U_l (Λ_l − σ² I)^½                (eq. 7, R = I)
 * </pre>
 *
 * <p>The sign of each axis is chosen so that its entry of greatest magnitude is positive.
 */
final class ClosedForm {
    private ClosedForm() {}

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
        SymmetricEigen eigen = eigen(moments.covariance(), latent);
        double[] variances = new double[eigen.size()];
        Arrays.setAll(variances, j -> Math.max(0, eigen.value(j)));
        double explained = Arrays.stream(variances, 0, latent).sum();
        double others = variances.length == d
                ? Arrays.stream(variances, latent, d).sum()
                : Math.max(0, CommonOps_DDRM.trace(moments.covariance()) - explained);
        double total = explained + others;
        Variation.require(data, moments.mean(), total);
        double noise = noise(others / (d - latent), options);
        DMatrixRMaj loadings = new DMatrixRMaj(d, latent);
        for (int l = 0; l < latent; l++) {
            double[] axis = eigen.vector(l);
            double length = Math.sqrt(Math.max(0, variances[l] - noise)) * LinearGaussian.sign(axis);
            for (int j = 0; j < d; j++) {
                loadings.unsafe_set(j, l, length * axis[j]);
            }
        }
        return new LinearFit(
                options,
                new LinearGaussian(moments.mean(), loadings, noise),
                moments.weight(),
                meanLogLikelihood(Arrays.copyOf(variances, latent), others, d, noise),
                variances,
                total,
                1,
                true,
                List.of(),
                new int[0]);
    }

    private static double noise(double meanOfOthers, LinearOptions options) {
        double noise = Math.max(meanOfOthers, options.regularization());
        if (!(noise > 0)) {
            throw new DataException(
                    "the rows vary in at most %d directions and the regularization is 0, so there is no noise to estimate: use a regularization above 0 or fewer latent variables"
                            .formatted(options.latent()));
        }
        return noise;
    }

    private static SymmetricEigen eigen(DMatrixRMaj covariance, int latent) {
        if (MatrixFeatures_DDRM.hasUncountable(covariance)) {
            throw Variation.tooLarge();
        }
        return SymmetricEigen.leading(covariance, latent)
                .orElseThrow(() -> new DataException(
                        "the eigenvalues of the covariance of %d columns did not converge: scale the columns or select fewer"
                                .formatted(covariance.numRows)));
    }

    /**
     * Returns the mean log-likelihood of the rows that the covariance was computed from (eq. 4): −½ (d log 2π + log |C|
     * + tr(C⁻¹ S)). C has the eigenvalues |w_j|² + σ² along the first l axes and σ² along the others.
     *
     * @param variances variances along the first l axes. Not modified.
     * @param others sum of the variances along the others
     */
    private static double meanLogLikelihood(double[] variances, double others, int d, double noise) {
        double sum = d * Math.log(2 * Math.PI) + (d - variances.length) * Math.log(noise) + others / noise;
        for (double variance : variances) {
            double model = Math.max(noise, variance);
            sum += Math.log(model) + variance / model;
        }
        return -0.5 * sum;
    }
}
