package io.github.sparklatent.inference;

import io.github.sparklatent.settings.Names;

/** The forms of the covariance of q. */
public enum PosteriorForm {
    /** The parameters are independent: p deviations. */
    MEAN_FIELD,
    /** The parameters have correlations: a Cholesky factor with p (p + 1) / 2 entries. */
    FULL;

    /** Returns the number of entries of the factor of p parameters. */
    int length(int parameters) {
        return this == MEAN_FIELD ? parameters : Math.toIntExact((long) parameters * (parameters + 1) / 2);
    }

    /** Returns the index of the first entry of row i of the factor. */
    int row(int i) {
        return this == MEAN_FIELD ? i : i * (i + 1) / 2;
    }

    /** Returns the first column of row i of the factor; the last one is i. */
    int first(int i) {
        return this == MEAN_FIELD ? i : 0;
    }

    @Override
    public String toString() {
        return Names.of(this);
    }
}
