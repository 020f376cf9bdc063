package io.github.sparklatent.mixture.em;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.SampleSize;
import io.github.sparklatent.linalg.Cholesky;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * A conjugate prior of the covariances, which keeps components from collapsing onto a few rows. It acts as a rows of a
 * typical covariance Λ in each component:
 *
 * <pre>
 *   Σ_k = (S_k + a Λ) / (N_k + a)
 *   log p(Σ) = −a Σ_k KL(N(0, Λ) ‖ N(0, Σ_k)) + constant
 *            = −½ a Σ_k (tr(Σ_k⁻¹ Λ) − d + log det Σ_k − log det Λ) + constant
 * </pre>
 *
 * This is the inverse Wishart prior of Fraley and Raftery (Bayesian Regularization for Normal Mixture Estimation, 2007,
 * section 3), parametrised by its mode and with flat priors of the means; Chen and Tan (2009) show that such a penalty
 * makes maximum likelihood consistent. Fraley and Raftery take Λ from the covariance of all rows. Here Λ is the mean
 * covariance of the clusters of k-means, so that it has the width of the components also if they are far apart. Λ
 * follows linear changes of the units of the columns as far as the clusters do.
 *
 * <p>Without the prior, m equal rows raise the likelihood without bound. With it, they gain at most ½ d log((m + a) /
 * a) nats each. A tied covariance cannot collapse and has no prior. The prior of a factored covariance is one of its
 * noise variances, which collapse first: in the above, Σ_k is Ψ_k and Λ the mean noise of the clusters.
 *
 * @param weight a, in units of the row weights; 0: maximum likelihood
 * @param reference Λ in the form of {@link CovarianceType#pooled}; null if a is 0. Not to be modified.
 * @param bounds lower bounds of the noise variances of factored covariances, one or one of each column, below which the
 *     prior is 0; null if there are none. Not to be modified.
 */
public record CovariancePrior(double weight, DMatrixRMaj reference, double[] bounds) implements Serializable {
    /** No prior: maximum likelihood. */
    public static final CovariancePrior NONE = new CovariancePrior(0, null);

    /** Creates a prior without bounds. */
    public CovariancePrior(double weight, DMatrixRMaj reference) {
        this(weight, reference, null);
    }

    /**
     * Creates a prior.
     *
     * @param rows number of typical rows that it counts as
     * @param size of the sample, which gives the weight of a row
     * @param clusters a mixture whose mean covariance is Λ
     */
    public static CovariancePrior of(double rows, SampleSize size, MixtureParameters clusters) {
        MixtureParameters noise = clusters.noise();
        return rows == 0 || clusters.type() == CovarianceType.TIED
                ? NONE
                : new CovariancePrior(
                        rows * size.weight() / size.number(),
                        noise.type().pooled(noise.weights(), noise.covariances()));
    }

    /** Returns a prior that is constant where the noise variances of factored covariances reach lower bounds. */
    public static CovariancePrior above(double[] bounds) {
        return new CovariancePrior(0, null, bounds);
    }

    public boolean isPresent() {
        return weight > 0;
    }

    /**
     * Moves one covariance towards Λ.
     *
     * @param covariances holds the covariance from an entry on, as many entries as Λ has. Modified.
     * @param size N_k
     */
    void apply(DMatrixRMaj covariances, int from, double size) {
        if (isPresent()) {
            double share = weight / (size + weight);
            for (int i = 0; i < reference.getNumElements(); i++) {
                covariances.data[from + i] += share * (reference.data[i] - covariances.data[from + i]);
            }
        }
    }

    /**
     * Raises noise variances to their bounds.
     *
     * @param noise as many numbers as there are bounds. Modified.
     * @throws DataException if a variance is 0, which a bound of 0 allows
     */
    void bound(double[] noise) {
        for (int j = 0; j < noise.length; j++) {
            noise[j] = Math.max(bounds[j], noise[j]);
            if (!(noise[j] > 0)) {
                throw new DataException(
                        "the noise variance%s has become 0, because the latent variables reproduce it: use a regularization above 0%s"
                                .formatted(
                                        noise.length == 1 ? "" : " of column %d of the features".formatted(j),
                                        noise.length == 1 ? "" : " or leave the column out"));
            }
        }
    }

    /** Returns the log prior density of a mixture up to a constant; 0 if each Σ_k is Λ. */
    public double logDensity(MixtureParameters mixture) {
        return isPresent()
                ? -weight
                        * Arrays.stream(divergences(reference, mixture.noise())).sum()
                : 0;
    }

    /**
     * Returns KL(N(0, Λ) ‖ N(0, Σ_k)) for each component, k numbers. If Λ is singular, its log-determinant is left out.
     *
     * @param reference Λ in the form of {@link CovarianceType#pooled}. Not modified.
     */
    public static double[] divergences(DMatrixRMaj reference, MixtureParameters mixture) {
        boolean square = mixture.type().isSquare();
        double constant =
                square ? Cholesky.of(reference).map(Cholesky::logDeterminant).orElse(0.0) : 0;
        // On all cores: the workers wait for the driver.
        double[] divergences = IntStream.range(0, square ? mixture.covariances().size() : mixture.components())
                .parallel()
                .mapToDouble(k -> square
                        ? full(reference, mixture.covariances().get(k), constant)
                        : diagonal(reference, mixture, k))
                .toArray();
        double[] ofComponents = new double[mixture.components()];
        Arrays.setAll(ofComponents, k -> divergences[Math.min(k, divergences.length - 1)]);
        return ofComponents;
    }

    private static double full(DMatrixRMaj reference, DMatrixRMaj covariance, double constant) {
        int d = covariance.numRows;
        Cholesky factor = Cholesky.of(covariance)
                .orElseThrow(() -> new IllegalArgumentException("a covariance is not positive definite"));
        DMatrixRMaj whitening = factor.whitening();
        DMatrixRMaj product = new DMatrixRMaj(d, d);
        CommonOps_DDRM.mult(reference, whitening, product);
        double trace = 0;
        for (int i = 0; i < product.getNumElements(); i++) {
            trace += product.data[i] * whitening.data[i];
        }
        return 0.5 * (trace - d + factor.logDeterminant() - constant);
    }

    private static double diagonal(DMatrixRMaj reference, MixtureParameters mixture, int component) {
        double sum = 0;
        for (int j = 0; j < mixture.dimension(); j++) {
            double ratio = reference.data[Math.min(j, reference.numCols - 1)] / mixture.variance(component, j);
            sum += 0.5 * (ratio - 1 - StrictMath.log(ratio));
        }
        return sum;
    }
}
