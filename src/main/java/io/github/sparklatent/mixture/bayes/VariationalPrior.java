package io.github.sparklatent.mixture.bayes;

import io.github.sparklatent.learn.SampleSize;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import org.ejml.data.DMatrixRMaj;

/**
 * The prior of a mixture's parameters: a {@link WeightPrior}, and for each component a Gauss-Wishart distribution
 * (Bishop 2006, eq. 10.40).
 *
 * <pre>
 *   p(μ_k, Λ_k) = N(μ_k; m_0, (β_0 Λ_k)⁻¹) Wishart(Λ_k; W_0, ν_0),   ν_0 = d,   W_0⁻¹ = covariance of all rows
 * </pre>
 *
 * m_0 is the mean of all rows. The covariance of all rows is divided by their number and has the regularisation on its
 * diagonal. The prior counts as d rows with this scatter, so the inverse of the expected precision is the covariance
 * divided by d. scikit-learn's {@code BayesianGaussianMixture} has the same prior, apart from a divisor n − 1 and the
 * regularisation.
 *
 * @param weights prior of the weights
 * @param concentration α of that prior, above 0
 * @param meanPrecision β_0, the number of rows that m_0 counts as; above 0
 * @param whole mean m_0 and covariance W_0⁻¹ of all rows, as a mixture of one component; null if no columns are
 *     Gaussian
 * @param rowsPerWeight number of rows that a row weight of 1 counts as
 */
public record VariationalPrior(
        WeightPrior weights,
        double concentration,
        double meanPrecision,
        MixtureParameters whole,
        double rowsPerWeight) {
    /** Returns the prior of K components for rows that count by the size of the sample. */
    public static VariationalPrior of(BayesOptions options, int components, MixtureParameters whole, SampleSize size) {
        return new VariationalPrior(
                options.weightPrior(),
                options.concentration() == 0 ? 1.0 / components : options.concentration(),
                options.meanPrecision(),
                whole,
                size.number() / size.weight());
    }

    /** Returns m_0, 1 × d. Not to be modified. */
    DMatrixRMaj mean() {
        return whole.means();
    }

    /** Returns W_0⁻¹ in the form of {@code CovarianceType.pooled}. Not to be modified. */
    DMatrixRMaj inverseScale() {
        return whole.covariances().get(0);
    }

    /** Returns ν_0 = d. */
    int degreesOfFreedom() {
        return whole.dimension();
    }
}
