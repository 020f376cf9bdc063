package io.github.sparklatent.gmm.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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
    SPHERICAL;

    /**
     * Parses the lower-case name.
     *
     * @throws IllegalArgumentException for any other text
     */
    public static CovarianceType of(String name) {
        return Arrays.stream(values())
                .filter(type -> type.toString().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "covariance type is \""
                                                + name
                                                + "\", expected full, tied, diagonal or"
                                                + " spherical"));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the number of free parameters of the covariances of k components in d dimensions. */
    public long freeParameters(int k, int d) {
        long triangle = d * (d + 1L) / 2;
        return switch (this) {
            case FULL -> k * triangle;
            case TIED -> triangle;
            case DIAGONAL -> (long) k * d;
            case SPHERICAL -> k;
        };
    }

    /** Returns whether covariances are d × d matrices; otherwise they are variances. */
    public boolean isSquare() {
        return this == FULL || this == TIED;
    }

    /** Returns the number of matrices that hold the covariances of k components. */
    public int matrices(int k) {
        return this == FULL ? k : 1;
    }

    /** Returns the number of rows of each of these matrices. */
    public int rows(int k, int d) {
        return isSquare() ? d : k;
    }

    /** Returns the number of columns of each of these matrices. */
    public int columns(int d) {
        return this == SPHERICAL ? 1 : d;
    }

    /**
     * Returns the mean covariance Σ_k π_k Σ_k: d × d if full or tied, 1 × d if diagonal, and 1 × 1
     * if spherical.
     *
     * @param weights π, k numbers of sum 1. Not modified.
     * @param covariances covariances in the form of {@link Mixture#of}. Not modified.
     */
    public DMatrixRMaj pooled(double[] weights, List<DMatrixRMaj> covariances) {
        DMatrixRMaj first = covariances.get(0);
        if (this == TIED) {
            return first.copy();
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
