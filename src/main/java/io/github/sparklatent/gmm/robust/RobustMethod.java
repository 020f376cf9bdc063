package io.github.sparklatent.gmm.robust;

import io.github.sparklatent.settings.Names;

/** The protection of a fit against outliers. */
public enum RobustMethod {
    /** All rows count. */
    NONE,
    /** Each round leaves out the rows of lowest density. */
    TRIM,
    /**
     * Minimum covariance determinant: as {@link #TRIM}, with one component; then one reweighting admits all rows within
     * the ellipsoid that holds 97.5% of a Gaussian.
     */
    MCD;

    @Override
    public String toString() {
        return Names.of(this);
    }
}
