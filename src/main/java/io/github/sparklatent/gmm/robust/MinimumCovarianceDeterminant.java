package io.github.sparklatent.gmm.robust;

import io.github.sparklatent.gmm.model.MixtureDensity;
import io.github.sparklatent.gmm.model.MixtureFactors;
import io.github.sparklatent.gmm.model.MixtureParameters;
import io.github.sparklatent.gmm.model.RankedDensities;
import io.github.sparklatent.learn.em.EmListener;
import io.github.sparklatent.learn.em.EmLoop;
import io.github.sparklatent.learn.em.EmResult;
import io.github.sparklatent.learn.em.EmState;
import io.github.sparklatent.learn.em.StoppingRule;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.DoubleStream;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The minimum covariance determinant (Rousseeuw and Van Driessen 1999): mean and covariance of the rows whose
 * covariance has the least determinant. {@link TrimmedEm} finds these rows, because with one component the trimmed
 * likelihood is greatest where the determinant is least. One reweighting then admits the rows that are as close as
 * those of a Gaussian.
 *
 * <pre>
 *   D_n² = (x_n − μ)ᵀ Σ⁻¹ (x_n − μ),   c = median D² / χ²(d; ½)
 *   mean and covariance of the rows with D_n² ≤ c χ²(d; q),   q = 0.975
 *   the covariance times q / P(χ²(d + 2) ≤ χ²(d; q))
 * </pre>
 *
 * The last factor makes the covariance consistent: without it, a Gaussian cut at q would be taken for a narrower
 * Gaussian (Croux and Haesbroeck 1999). The rows that trimming keeps are always admitted.
 *
 * <p>A mixture of many components describes groups of outliers, too. {@link #central} lowers the weights of components
 * by their distances from most rows, as the cube root of the density of a t distribution with d degrees of freedom
 * falls.
 *
 * <p>If values are missing, D² is that of {@link RankedDensities}, and mean and covariance are those that EM finds for
 * the admitted rows. The factor is that of complete rows.
 */
public final class MinimumCovarianceDeterminant {
    private static final double LEVEL = 0.975;
    private static final String PURPOSE = "reweighting";

    private final TrimmedEm problem;
    private final StoppingRule stopping;
    private final BooleanSupplier isOver;
    private final ChiSquaredDistribution distances;
    private final double bound;

    /**
     * Prepares the reweighting.
     *
     * @param problem trimmed fits of one full covariance
     * @param stopping when the rounds of a reweighting with missing values end
     * @param isOver whether the time of the rounds is over
     */
    public MinimumCovarianceDeterminant(TrimmedEm problem, StoppingRule stopping, BooleanSupplier isOver) {
        this.problem = problem;
        this.stopping = stopping;
        this.isOver = isOver;
        this.distances = new ChiSquaredDistribution(problem.data().width());
        this.bound = distances.inverseCumulativeProbability(LEVEL);
    }

    /**
     * Reweights a trimmed fit.
     *
     * @param fitted result of the rounds
     * @return the reweighted mixture, with the sums of the rows within its ellipsoid of 97.5%. The objective is that of
     *     the trimmed fit, so that restarts are compared by the determinant.
     */
    public EmResult<MixtureParameters> reweighted(EmResult<MixtureParameters> fitted) {
        MixtureParameters trimmed = fitted.model();
        MixtureFactors factors = MixtureFactors.of(trimmed);
        double peak = TrimmedEm.logDensityOfMean(trimmed, factors);
        double median = 2 * (peak - problem.threshold(trimmed, factors, 0.5).logDensity());
        double scale = median / distances.inverseCumulativeProbability(0.5);
        DensityQuantile.DensityThreshold kept = problem.threshold(trimmed, factors, problem.trim());
        DensityQuantile.DensityThreshold admitted =
                DensityQuantile.DensityThreshold.at(peak - 0.5 * scale * bound).or(kept);
        TrimmedEm ofAdmitted = problem.over(new TrimmedEm.Selection(factors, admitted));
        EmResult<MixtureParameters> found = problem.data().isComplete() ? null : fit(ofAdmitted, trimmed);
        MixtureParameters reweighted = scaled(found == null ? updated(ofAdmitted, trimmed) : found.model());
        MixtureFactors ofReweighted = MixtureFactors.of(reweighted);
        DensityQuantile.DensityThreshold within =
                DensityQuantile.DensityThreshold.at(TrimmedEm.logDensityOfMean(reweighted, ofReweighted) - 0.5 * bound);
        return new EmResult<>(
                reweighted,
                fitted.objective(),
                fitted.converged() && (found == null || found.converged()),
                fitted.rounds(),
                problem.over(new TrimmedEm.Selection(ofReweighted, within)).sums(reweighted, PURPOSE),
                fitted.history(),
                warnings(fitted, found));
    }

    /**
     * Returns a mixture whose components count the less, the farther they are from most rows.
     *
     * <pre>
     *   π_k (1 + D_k² / d)^(−d / 3), divided by their sum
     *   D_k² = (μ_k − μ)ᵀ Σ⁻¹ (μ_k − μ), of the means μ_k of the components
     * </pre>
     *
     * @param robust the reweighted fit of one component, with mean μ and covariance Σ
     */
    public static MixtureParameters central(MixtureParameters mixture, MixtureParameters robust) {
        int d = mixture.dimension();
        MixtureDensity density = new MixtureDensity(MixtureFactors.of(robust));
        density.evaluate(robust.means());
        double peak = density.logDensity(0);
        density.evaluate(mixture.means());
        double[] logs = mixture.weights();
        for (int k = 0; k < logs.length; k++) {
            double distance = 2 * (peak - density.logDensity(k));
            logs[k] = StrictMath.log(logs[k]) - d / 3.0 * StrictMath.log1p(Math.max(0, distance) / d);
        }
        double greatest = DoubleStream.of(logs).max().orElseThrow(); // the powers of many columns would be 0
        double[] weights =
                DoubleStream.of(logs).map(log -> StrictMath.exp(log - greatest)).toArray();
        double sum = DoubleStream.of(weights).sum();
        return MixtureParameters.of(
                mixture.type(),
                DoubleStream.of(weights).map(weight -> weight / sum).toArray(),
                mixture.means(),
                mixture.covariances());
    }

    /** Returns the mixture of greatest likelihood of complete rows. */
    private MixtureParameters updated(TrimmedEm rows, MixtureParameters trimmed) {
        double[] sums = rows.sums(trimmed, PURPOSE);
        return rows.update(trimmed, sums, problem.data(), 0).model();
    }

    private static List<String> warnings(EmResult<MixtureParameters> fitted, EmResult<MixtureParameters> found) {
        List<String> warnings = new ArrayList<>(fitted.warnings());
        if (found != null && !found.converged()) {
            warnings.add(
                    "the fit to the rows within the ellipsoid did not converge in %d rounds, because values are missing"
                            .formatted(found.rounds()));
        }
        return warnings;
    }

    private EmResult<MixtureParameters> fit(TrimmedEm rows, MixtureParameters trimmed) {
        return EmLoop.run(rows, problem.data(), EmState.start(trimmed), stopping, EmListener.endingWhen(isOver));
    }

    private MixtureParameters scaled(MixtureParameters mixture) {
        int d = mixture.dimension();
        DMatrixRMaj covariance = mixture.covariance(0);
        CommonOps_DDRM.scale(LEVEL / new ChiSquaredDistribution(d + 2.0).cumulativeProbability(bound), covariance);
        return MixtureParameters.of(mixture.type(), mixture.weights(), mixture.means(), List.of(covariance));
    }
}
