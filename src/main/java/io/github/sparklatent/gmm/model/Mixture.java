package io.github.sparklatent.gmm.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.sparklatent.learn.Require;
import java.io.Serializable;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The parameters of a Gaussian mixture. Immutable: what is handed in is copied, what is handed out
 * is not to be modified.
 */
public final class Mixture implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final double WEIGHTS_SUM_TO_ONE = 1e-9;

    private final CovarianceType type;
    private final double[] weights;
    private final DMatrixRMaj means;
    private final List<DMatrixRMaj> covariances;

    private Mixture(
            CovarianceType type,
            double[] weights,
            DMatrixRMaj means,
            List<DMatrixRMaj> covariances) {
        this.type = type;
        this.weights = weights;
        this.means = means;
        this.covariances = covariances;
    }

    /**
     * A mixture of k components in d dimensions.
     *
     * @param weights k numbers, not negative, of sum 1. Not modified.
     * @param means k × d. Not modified.
     * @param covariances full: k matrices d × d; tied: one, d × d; diagonal: one, k × d, of
     *     variances; spherical: one, k × 1, of variances. Not modified.
     * @throws IllegalArgumentException for wrong shapes, weights that are no distribution, or a
     *     number that is not finite
     */
    @JsonCreator
    public static Mixture of(
            @JsonProperty("type") CovarianceType type,
            @JsonProperty("weights") double[] weights,
            @JsonProperty("means") DMatrixRMaj means,
            @JsonProperty("covariances") List<DMatrixRMaj> covariances) {
        int k = weights.length;
        int d = means.numCols;
        Require.that(
                k >= 1 && d >= 1,
                "mixture has %d components of %d dimensions, expected at least 1 of each",
                k,
                d);
        Require.that(
                means.numRows == k,
                "mixture has %d means, expected %d (one for each weight)",
                means.numRows,
                k);
        Require.that(
                covariances.size() == type.matrices(k),
                "%s mixture has %d covariance matrices, expected %d",
                type,
                covariances.size(),
                type.matrices(k));
        double sum = 0;
        for (double weight : weights) {
            Require.that(
                    weight >= 0,
                    "mixture has a weight of %s, expected a number not below 0",
                    weight);
            sum += weight;
        }
        Require.that(
                Math.abs(sum - 1) <= WEIGHTS_SUM_TO_ONE,
                "the mixture's weights sum to %s, expected 1",
                sum);
        requireFinite(means, "means");
        for (DMatrixRMaj matrix : covariances) {
            Require.that(
                    matrix.numRows == type.rows(k, d) && matrix.numCols == type.columns(d),
                    "%s covariance matrix is %d x %d, expected %d x %d",
                    type,
                    matrix.numRows,
                    matrix.numCols,
                    type.rows(k, d),
                    type.columns(d));
            requireFinite(matrix, "covariances");
        }
        return new Mixture(
                type,
                weights.clone(),
                means.copy(),
                covariances.stream().map(DMatrixRMaj::copy).toList());
    }

    private static void requireFinite(DMatrixRMaj matrix, String what) {
        for (int i = 0; i < matrix.getNumElements(); i++) {
            // Asked first, so that not every entry becomes an object: there may be millions.
            if (!Double.isFinite(matrix.data[i])) {
                Require.that(
                        false,
                        "the mixture's %s hold %s, expected finite numbers",
                        what,
                        matrix.data[i]);
            }
        }
    }

    /** The form of the covariances. */
    public CovarianceType type() {
        return type;
    }

    /** k. */
    public int components() {
        return weights.length;
    }

    /** d. */
    public int dimension() {
        return means.numCols;
    }

    /** π_k. */
    public double weight(int component) {
        return weights[component];
    }

    /** π, k numbers; a copy. */
    public double[] weights() {
        return weights.clone();
    }

    /** μ, k × d. Not to be modified. */
    public DMatrixRMaj means() {
        return means;
    }

    /** The covariances in the form of {@link #of}. Not to be modified. */
    public List<DMatrixRMaj> covariances() {
        return covariances;
    }

    /** Variance of one column in one component. */
    public double variance(int component, int column) {
        return switch (type) {
            case FULL -> covariances.get(component).get(column, column);
            case TIED -> covariances.get(0).get(column, column);
            case DIAGONAL -> covariances.get(0).get(component, column);
            case SPHERICAL -> covariances.get(0).get(component, 0);
        };
    }

    /** Σ_k as a d × d matrix, whatever the type; a new matrix. */
    public DMatrixRMaj covariance(int component) {
        if (type == CovarianceType.FULL || type == CovarianceType.TIED) {
            return covariances.get(type == CovarianceType.FULL ? component : 0).copy();
        }
        double[] diagonal = new double[dimension()];
        for (int j = 0; j < diagonal.length; j++) {
            diagonal[j] = variance(component, j);
        }
        return CommonOps_DDRM.diag(diagonal);
    }

    /** Free parameters: k − 1 weights, k d means and those of the covariances. */
    public long freeParameters() {
        int k = components();
        return k - 1L + (long) k * dimension() + type.freeParameters(k, dimension());
    }
}
