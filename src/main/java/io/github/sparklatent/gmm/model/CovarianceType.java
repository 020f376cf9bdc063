package io.github.sparklatent.gmm.model;

import java.util.Arrays;
import java.util.Locale;

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

    /** Returns the number of matrices that hold the covariances of k components. */
    public int matrices(int k) {
        return this == FULL ? k : 1;
    }

    /** Returns the number of rows of each of these matrices. */
    public int rows(int k, int d) {
        return this == FULL || this == TIED ? d : k;
    }

    /** Returns the number of columns of each of these matrices. */
    public int columns(int d) {
        return this == SPHERICAL ? 1 : d;
    }
}
