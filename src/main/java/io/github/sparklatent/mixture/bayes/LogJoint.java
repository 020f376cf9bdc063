package io.github.sparklatent.mixture.bayes;

import io.github.sparklatent.linalg.Rows;
import io.github.sparklatent.mixture.em.CovariancePrior;
import io.github.sparklatent.mixture.em.MaximizationStep;
import io.github.sparklatent.mixture.em.StatisticsLayout;
import io.github.sparklatent.mixture.gaussian.MixtureFactors;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.mixture.stochastic.LogCholesky;
import java.util.Arrays;
import org.apache.commons.math3.special.Gamma;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * log p(X, θ) of a mixture with a {@link VariationalPrior}, where θ are the coordinates of {@link LogCholesky} around a
 * reference mixture, without that of the heaviest component's weight, which is 0.
 *
 * <p>The prior is that of variational Bayes as a density of θ. Of the precision of a diagonal or spherical covariance,
 * each column has the Gamma distribution of ν_0 rows with the variance of the whole table; a tied precision has one
 * Wishart distribution. As a function of Σ and μ, with the logarithms ℓ on the diagonal of A for a covariance of m
 * components,
 *
 * <pre>
 *   log p = −ν_0 KL(N(0, W_0⁻¹ / ν_0) ‖ N(0, Σ)) − ½ β_0 Σ_k (μ_k − m_0)ᵀ Σ⁻¹ (μ_k − m_0) + Σ_i c_i ℓ_i + constant
 *   c_i   = 1 − m − i (full, tied),   −1 (diagonal),   −d (spherical)
 * </pre>
 *
 * where c has the Jacobian of Λ = Σ⁻¹ (Muirhead 1982, theorem 2.1.9 for Σ = B Bᵀ) and, since ν_0 = d, what is left of
 * the powers of det Λ in both densities. The first two terms are those of ν_0 rows around each mean and of β_0 rows at
 * m_0, so the gradient of log p(X, θ) is that of the log-likelihood with these rows added, which
 * {@link LogCholesky#gradient} computes from the statistics of an E-step (Fisher's identity).
 */
final class LogJoint {
    private final VariationalPrior prior;
    private final StatisticsLayout layout;
    private final LogCholesky coordinates;
    private final MaximizationStep step;
    private final DMatrixRMaj typical;
    private final int heaviest;
    private final double constant;

    LogJoint(MixtureParameters reference, VariationalPrior prior) {
        this.prior = prior;
        this.layout = StatisticsLayout.of(reference);
        this.coordinates = new LogCholesky(reference);
        this.typical = prior.inverseScale().copy();
        CommonOps_DDRM.divide(typical, prior.degreesOfFreedom());
        this.step = new MaximizationStep(layout, 0, new CovariancePrior(prior.degreesOfFreedom(), typical));
        this.heaviest = Rows.argMax(reference.weights());
        this.constant = constant();
    }

    /** Returns the number of parameters of mixtures with a layout. */
    static int parameters(StatisticsLayout layout) {
        return LogCholesky.length(layout) - 1;
    }

    /** Returns m, the number of means of each covariance. */
    private int means() {
        return layout.components() / layout.scatterMatrices();
    }

    /** Returns the number of ℓ of each covariance. */
    private int diagonals() {
        return layout.type().columns(layout.dimension(), 0);
    }

    /** Returns c_i, i from 0. */
    private double coefficient(int i) {
        return layout.type().isSquare() ? -means() - i : -layout.dimension() / diagonals();
    }

    /**
     * Returns the constant of the log prior of means and covariances. The Jacobian of the means and what is left of the
     * powers of det Λ cancel in the determinant of the reference.
     */
    private double constant() {
        int d = layout.dimension();
        double degrees = (double) prior.degreesOfFreedom() * (d / diagonals());
        double each = diagonals() * (0.5 * degrees * (StrictMath.log(0.5 * degrees) - 1) + StrictMath.log(2))
                + 0.5 * means() * d * StrictMath.log(prior.meanPrecision() / (2 * Math.PI));
        for (int i = 0; i < diagonals(); i++) {
            each -= layout.type().isSquare()
                    ? Gamma.logGamma(0.5 * (degrees - i)) + 0.5 * i * StrictMath.log(Math.PI)
                    : Gamma.logGamma(0.5 * degrees);
        }
        return layout.scatterMatrices() * each;
    }

    private double[] withoutHeaviest(double[] all) {
        double[] others = new double[all.length - 1];
        System.arraycopy(all, 0, others, 0, heaviest);
        System.arraycopy(all, heaviest + 1, others, heaviest, others.length - heaviest);
        return others;
    }

    /** A draw: all coordinates and the mixture. */
    record Point(double[] parameters, MixtureParameters mixture) {}

    /** Returns the mixture with the parameters θ. */
    Point at(double[] theta) {
        double[] all = new double[theta.length + 1];
        System.arraycopy(theta, 0, all, 0, heaviest);
        System.arraycopy(theta, heaviest, all, heaviest + 1, theta.length - heaviest);
        return new Point(all, coordinates.at(all));
    }

    /** Returns log p(θ). */
    double logPrior(Point point) {
        double[] divergences = CovariancePrior.divergences(typical, point.mixture());
        double[] distances = MixtureFactors.of(point.mixture()).squaredDistances(prior.mean());
        double sum = constant
                + prior.weights()
                        .logDensity(prior.concentration(), point.mixture().weights(), new double[layout.components()]);
        for (int i = 0; i < layout.scatterMatrices(); i++) {
            sum -= prior.degreesOfFreedom() * divergences[i];
            for (int j = 0; j < diagonals(); j++) {
                sum += coefficient(j) * point.parameters()[coordinates.diagonal(i, j)];
            }
        }
        return sum - 0.5 * prior.meanPrecision() * Arrays.stream(distances).sum();
    }

    /**
     * Returns the derivatives of log p(X, θ) with respect to θ.
     *
     * @param statistics of the E-step under the mixture, times the rows per weight. Modified.
     */
    double[] gradient(Point point, double[] statistics) {
        double[] weights = point.mixture().weights();
        double[] sizes = layout.sizes(statistics);
        double total = Arrays.stream(sizes).sum();
        addRowsAtMean(point.mixture(), statistics);
        double[] all = coordinates.gradient(point.parameters(), point.mixture(), statistics, step);
        double rows = Arrays.stream(layout.sizes(statistics)).sum();
        CommonOps_DDRM.scale(-rows, DMatrixRMaj.wrap(1, all.length, all));
        for (int k = 0; k < weights.length; k++) {
            all[k] = sizes[k] - total * weights[k];
        }
        prior.weights().logDensity(prior.concentration(), weights, all);
        // Unlike the density of a mean, the rows at m_0 have a power of det Σ.
        double power = means() * prior.meanPrecision() * layout.dimension() / diagonals();
        for (int i = 0; i < layout.scatterMatrices(); i++) {
            for (int j = 0; j < diagonals(); j++) {
                all[coordinates.diagonal(i, j)] += coefficient(j) + power;
            }
        }
        return withoutHeaviest(all);
    }

    private void addRowsAtMean(MixtureParameters mixture, double[] statistics) {
        double[] atMean = new double[layout.length()];
        Arrays.fill(atMean, StatisticsLayout.SIZES, layout.sums(), prior.meanPrecision());
        DMatrixRMaj shifts = mixture.means().copy();
        for (int i = 0; i < shifts.getNumElements(); i++) {
            shifts.data[i] -= prior.mean().data[i % shifts.numCols];
        }
        layout.moveCentres(atMean, shifts);
        CommonOps_DDRM.addEquals(
                DMatrixRMaj.wrap(1, atMean.length, statistics), DMatrixRMaj.wrap(1, atMean.length, atMean));
    }
}
