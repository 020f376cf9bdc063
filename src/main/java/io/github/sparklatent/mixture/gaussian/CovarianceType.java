package io.github.sparklatent.mixture.gaussian;

import io.github.sparklatent.settings.Names;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/** The form of the components' covariances. */
public enum CovarianceType {
    /** One symmetric d × d matrix per component. */
    FULL,
    /** One symmetric d × d matrix for all components. */
    TIED,
    /** d variances per component. */
    DIAGONAL,
    /** One variance per component. */
    SPHERICAL,
    /**
     * Loadings W_k, d × l, and d noise variances per component, Σ_k = W_k W_kᵀ + Ψ_k: a mixture of factor analysers
     * (Ghahramani and Hinton 1996, with noise of each component).
     */
    FACTOR,
    /**
     * Loadings, and one noise variance per component, Σ_k = W_k W_kᵀ + σ²_k I: a mixture of probabilistic principal
     * component analysers (Tipping and Bishop 1999).
     */
    PPCA;

    @Override
    public String toString() {
        return Names.of(this);
    }

    /**
     * Returns the number of free parameters of the covariances of k components in d dimensions.
     *
     * @param factors l, the number of columns of the loadings; 0 if there are none
     */
    public long freeParameters(int k, int d, int factors) {
        long triangle = d * (d + 1L) / 2;
        long loadings = (long) d * factors - factors * (factors - 1L) / 2;
        return switch (this) {
            case FULL -> k * triangle;
            case TIED -> triangle;
            case DIAGONAL -> (long) k * d;
            case SPHERICAL -> k;
            case FACTOR -> k * (loadings + d);
            case PPCA -> k * (loadings + 1);
        };
    }

    /** Returns whether covariances are d × d matrices. */
    public boolean isSquare() {
        return this == FULL || this == TIED;
    }

    /** Returns whether covariances are loadings and noise variances. */
    public boolean isFactored() {
        return this == FACTOR || this == PPCA;
    }

    /** Returns the type of the noise of factored covariances; other types are returned as they are. */
    public CovarianceType ofNoise() {
        return switch (this) {
            case FACTOR -> DIAGONAL;
            case PPCA -> SPHERICAL;
            default -> this;
        };
    }

    /** Returns the number of matrices that hold the covariances of k components. */
    public int matrices(int k) {
        return this == FULL || isFactored() ? k : 1;
    }

    /** Returns the number of rows of each of these matrices. */
    public int rows(int k, int d) {
        return isSquare() || isFactored() ? d : k;
    }

    /**
     * Returns the number of columns of each of these matrices.
     *
     * @param factors l, the number of columns of the loadings; 0 if there are none
     */
    public int columns(int d, int factors) {
        return isFactored() ? factors + 1 : this == SPHERICAL ? 1 : d;
    }

    /**
     * Returns the mean covariance Σ_k π_k Σ_k: d × d if full or tied, 1 × d if diagonal, and 1 × 1 if spherical.
     *
     * @param weights π, k numbers of sum 1. Not modified.
     * @param covariances covariances in the form of {@link MixtureParameters#of}. Not modified.
     */
    public DMatrixRMaj pooled(double[] weights, List<DMatrixRMaj> covariances) {
        DMatrixRMaj first = covariances.get(0);
        if (this == TIED) {
            return first.copy();
        }
        if (isFactored()) {
            throw new IllegalArgumentException("the mean of factored covariances has more factors than each of them");
        }
        DMatrixRMaj sum = new DMatrixRMaj(this == FULL ? first.numRows : 1, first.numCols);
        int length = sum.getNumElements();
        for (int k = 0; k < weights.length; k++) {
            double[] covariance = (this == FULL ? covariances.get(k) : first).data;
            int from = this == FULL ? 0 : k * length;
            for (int i = 0; i < length; i++) {
                sum.data[i] += weights[k] * covariance[from + i];
            }
        }
        return sum;
    }
}
