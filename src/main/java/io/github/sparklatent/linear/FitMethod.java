package io.github.sparklatent.linear;

import java.util.Locale;

/** The method by which probabilistic PCA is fitted. */
public enum FitMethod {
    /** The eigenvectors of the covariance of the rows: exact, without rounds. */
    CLOSED_FORM,
    /** Expectation-maximisation: rounds whose cost is linear in the number of columns. */
    EM;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
