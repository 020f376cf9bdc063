package io.github.sparklatent.gmm.em;

import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.gmm.model.MixtureParameters;
import io.github.sparklatent.learn.em.Coordinates;
import io.github.sparklatent.linalg.Cholesky;
import io.github.sparklatent.linalg.Products;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Coordinates of Gaussian mixtures around a reference mixture π⁰, μ⁰, Σ⁰ = L Lᵀ, with U = L⁻ᵀ.
 *
 * <pre>
 *   weights       π_k / √π⁰_k
 *   means         √π⁰_k (μ_k − μ⁰_k) U_k
 *   covariances   √(π⁰_k / 2) U_kᵀ Σ_k U_k       upper triangle, elements above the diagonal times √2
 * </pre>
 *
 * <p>For a tied covariance, the factor is √½; for diagonal ones, Σ and U are diagonal; a spherical one has the
 * coordinate √(π⁰_k d / 2) σ² / σ⁰². Squared lengths are those of the information of rows together with their
 * components (McLachlan and Peel 2000, section 2.15). If all rows and mixtures undergo the same affine map, lengths and
 * angles stay the same.
 */
final class MixtureCoordinates implements Coordinates<MixtureParameters> {
    /**
     * The least share of the EM update's weight or of its variance in any direction that an extrapolated mixture has.
     * The likelihood far from the data of the last rounds is unknown, and it has no bound as a variance falls.
     */
    private static final double MIN_SHARE = 0.25;

    /** A weight of 0 would have no coordinates. */
    private static final double MIN_WEIGHT = 1e-12;

    private final MixtureParameters reference;
    private final List<DMatrixRMaj> whitenings = new ArrayList<>();
    private final List<DMatrixRMaj> colourings = new ArrayList<>();

    MixtureCoordinates(MixtureParameters reference) {
        this.reference = reference;
        if (isDense()) {
            for (DMatrixRMaj covariance : reference.covariances()) {
                Cholesky factor = Cholesky.of(covariance).orElseThrow();
                whitenings.add(factor.whitening());
                colourings.add(CommonOps_DDRM.transpose(factor.lower(), null));
            }
        }
    }

    private boolean isDense() {
        return reference.type().isSquare();
    }

    private int k() {
        return reference.components();
    }

    private int d() {
        return reference.dimension();
    }

    /** Number of coordinates of one covariance matrix, or of the variances of one component. */
    private int spread() {
        return Math.toIntExact(reference.type().freeParameters(1, d(), 0));
    }

    private int spreads() {
        return reference.type() == CovarianceType.TIED ? 1 : k();
    }

    private double root(int component) {
        return Math.sqrt(Math.max(reference.weight(component), MIN_WEIGHT));
    }

    private double scale(int spread) {
        double root = reference.type() == CovarianceType.TIED ? 1 : root(spread);
        double dimensions = reference.type() == CovarianceType.SPHERICAL ? d() : 1;
        return root * Math.sqrt(dimensions / 2);
    }

    @Override
    public double[] of(MixtureParameters mixture) {
        double[] point = new double[k() * (1 + d()) + spreads() * spread()];
        for (int k = 0; k < k(); k++) {
            double root = root(k);
            point[k] = mixture.weight(k) / root;
            for (int j = 0; j < d(); j++) {
                point[k() + k * d() + j] =
                        root * (mixture.means().get(k, j) - reference.means().get(k, j));
            }
        }
        transformMeans(point, whitenings, false);
        IntStream spreads = IntStream.range(0, spreads());
        (isDense() ? spreads.parallel() : spreads).forEach(i -> writeSpread(mixture, i, point));
        return point;
    }

    private void writeSpread(MixtureParameters mixture, int index, double[] point) {
        double scale = scale(index);
        int at = k() * (1 + d()) + index * spread();
        if (!isDense()) {
            for (int j = 0; j < spread(); j++) {
                point[at + j] = scale * mixture.variance(index, j) / reference.variance(index, j);
            }
            return;
        }
        DMatrixRMaj white = new Products().congruent(mixture.covariances().get(index), whitenings.get(index));
        for (int i = 0; i < d(); i++) {
            for (int j = i; j < d(); j++) {
                point[at++] = scale * (i == j ? 1 : Math.sqrt(2)) * white.unsafe_get(i, j);
            }
        }
    }

    /** Multiplies the means, as rows, by upper triangles or by deviations, in place. */
    private void transformMeans(double[] point, List<DMatrixRMaj> upper, boolean colour) {
        double[] row = new double[d()];
        for (int k = 0; k < k(); k++) {
            int at = k() + k * d();
            System.arraycopy(point, at, row, 0, d());
            for (int j = 0; j < d(); j++) {
                if (isDense()) {
                    DMatrixRMaj u = upper.get(reference.type() == CovarianceType.TIED ? 0 : k);
                    double sum = 0;
                    for (int i = 0; i <= j; i++) {
                        sum += row[i] * u.unsafe_get(i, j);
                    }
                    point[at + j] = sum;
                } else {
                    double deviation = Math.sqrt(reference.variance(k, j));
                    point[at + j] = colour ? row[j] * deviation : row[j] / deviation;
                }
            }
        }
    }

    @Override
    public Optional<MixtureParameters> at(double[] point, MixtureParameters plain) {
        double[] weights = new double[k()];
        double total = 0;
        double[] moved = point.clone();
        transformMeans(moved, colourings, true);
        DMatrixRMaj means = new DMatrixRMaj(k(), d());
        for (int k = 0; k < k(); k++) {
            double root = root(k);
            weights[k] = point[k] * root;
            total += weights[k];
            if (!(weights[k] >= MIN_SHARE * plain.weight(k))) {
                return Optional.empty();
            }
            for (int j = 0; j < d(); j++) {
                means.set(k, j, reference.means().get(k, j) + moved[k() + k * d() + j] / root);
            }
        }
        for (int k = 0; k < k(); k++) {
            weights[k] /= total;
        }
        return covariances(point, plain).map(all -> MixtureParameters.of(reference.type(), weights, means, all));
    }

    private Optional<List<DMatrixRMaj>> covariances(double[] point, MixtureParameters plain) {
        if (isDense()) {
            List<Optional<DMatrixRMaj>> found = IntStream.range(0, spreads())
                    .parallel()
                    .mapToObj(i -> dense(point, i, plain.covariances().get(i)))
                    .toList();
            return found.stream().allMatch(Optional::isPresent)
                    ? Optional.of(found.stream().map(Optional::orElseThrow).toList())
                    : Optional.empty();
        }
        DMatrixRMaj variances = new DMatrixRMaj(k(), spread());
        for (int k = 0; k < k(); k++) {
            for (int j = 0; j < spread(); j++) {
                double variance = point[k() * (1 + d()) + k * spread() + j] * reference.variance(k, j) / scale(k);
                if (!(variance >= MIN_SHARE * plain.variance(k, j))) {
                    return Optional.empty();
                }
                variances.set(k, j, variance);
            }
        }
        return Optional.of(List.of(variances));
    }

    /** Returns a covariance, if it minus a share of the plain one is positive definite. */
    private Optional<DMatrixRMaj> dense(double[] point, int index, DMatrixRMaj plain) {
        int at = k() * (1 + d()) + index * spread();
        DMatrixRMaj white = new DMatrixRMaj(d(), d());
        for (int i = 0; i < d(); i++) {
            for (int j = i; j < d(); j++) {
                double element = point[at++] / scale(index) / (i == j ? 1 : Math.sqrt(2));
                white.unsafe_set(i, j, element);
                white.unsafe_set(j, i, element);
            }
        }
        DMatrixRMaj covariance = new Products().congruent(white, colourings.get(index));
        DMatrixRMaj rest = new DMatrixRMaj(d(), d());
        for (int i = 0; i < d(); i++) {
            for (int j = i; j < d(); j++) {
                double element = covariance.unsafe_get(i, j);
                covariance.unsafe_set(j, i, element);
                rest.unsafe_set(i, j, element - MIN_SHARE * plain.unsafe_get(i, j));
                rest.unsafe_set(j, i, rest.unsafe_get(i, j));
            }
        }
        return Cholesky.of(rest).isPresent() ? Optional.of(covariance) : Optional.empty();
    }
}
