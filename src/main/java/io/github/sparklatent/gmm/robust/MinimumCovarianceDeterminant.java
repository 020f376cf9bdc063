package io.github.sparklatent.gmm.robust;

import io.github.sparklatent.gmm.model.Mixture;
import io.github.sparklatent.gmm.model.MixtureFactors;
import io.github.sparklatent.learn.em.EmResult;
import io.github.sparklatent.learn.em.Expectation;
import java.util.List;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The minimum covariance determinant (Rousseeuw and Van Driessen 1999): mean and covariance of the
 * rows whose covariance has the least determinant. {@link TrimmedEm} finds these rows, because with
 * one component the trimmed likelihood is greatest where the determinant is least. One reweighting
 * then admits the rows that are as close as those of a Gaussian.
 *
 * <pre>
 *   D_n² = (x_n − μ)ᵀ Σ⁻¹ (x_n − μ),   c = median D² / χ²(d; ½)
 *   mean and covariance of the rows with D_n² ≤ c χ²(d; q),   q = 0.975
 *   the covariance times q / P(χ²(d + 2) ≤ χ²(d; q))
 * </pre>
 *
 * The last factor makes the covariance consistent: without it, a Gaussian cut at q would be taken
 * for a narrower Gaussian (Croux and Haesbroeck 1999). The rows that trimming keeps are always
 * admitted.
 */
public final class MinimumCovarianceDeterminant {
    private static final double LEVEL = 0.975;

    private final TrimmedEm problem;
    private final ChiSquaredDistribution distances;
    private final double bound;

    /**
     * Prepares the reweighting.
     *
     * @param problem trimmed fits of one full covariance to complete rows
     * @param dimension d, number of columns
     */
    public MinimumCovarianceDeterminant(TrimmedEm problem, int dimension) {
        this.problem = problem;
        this.distances = new ChiSquaredDistribution(dimension);
        this.bound = distances.inverseCumulativeProbability(LEVEL);
    }

    /**
     * Reweights a trimmed fit.
     *
     * @param fitted result of the rounds
     * @return the reweighted mixture, with the sums of the rows within its ellipsoid of 97.5%. The
     *     objective is that of the trimmed fit, so that restarts are compared by the determinant.
     */
    public EmResult<Mixture> reweighted(EmResult<Mixture> fitted) {
        Mixture trimmed = fitted.model();
        MixtureFactors factors = MixtureFactors.of(trimmed);
        double peak = TrimmedEm.logDensityOfMean(trimmed, factors);
        double median = 2 * (peak - problem.threshold(trimmed, factors, 0.5).logDensity());
        double scale = median / distances.inverseCumulativeProbability(0.5);
        DensityThreshold kept = problem.threshold(trimmed, factors, problem.trim());
        DensityThreshold admitted = DensityThreshold.at(peak - 0.5 * scale * bound).or(kept);
        var update =
                problem.update(
                        trimmed, sums(problem.expectation(factors, admitted)), problem.data(), 0);
        Mixture reweighted = scaled(update.model());
        MixtureFactors ofReweighted = MixtureFactors.of(reweighted);
        DensityThreshold within =
                DensityThreshold.at(
                        TrimmedEm.logDensityOfMean(reweighted, ofReweighted) - 0.5 * bound);
        return new EmResult<>(
                reweighted,
                fitted.objective(),
                fitted.converged(),
                fitted.rounds(),
                sums(problem.expectation(ofReweighted, within)),
                fitted.history(),
                fitted.events());
    }

    private double[] sums(Expectation expectation) {
        return problem.data().sums(problem.description() + ", reweighting", expectation).sums();
    }

    private Mixture scaled(Mixture mixture) {
        int d = mixture.dimension();
        DMatrixRMaj covariance = mixture.covariance(0);
        CommonOps_DDRM.scale(
                LEVEL / new ChiSquaredDistribution(d + 2.0).cumulativeProbability(bound),
                covariance);
        return Mixture.of(mixture.type(), mixture.weights(), mixture.means(), List.of(covariance));
    }
}
