package io.github.sparklatent.linear;

import io.github.sparklatent.settings.Names;

/** The method by which probabilistic PCA is fitted. */
public enum FitMethod {
    /** The eigenvectors of the covariance of the rows: exact, without rounds. */
    CLOSED_FORM,
    /** Expectation-maximisation: rounds whose cost is linear in the number of columns. */
    EM;

    /** Returns whether the fit takes rounds over the rows; otherwise it needs their covariance. */
    public boolean hasRounds() {
        return this == EM;
    }

    @Override
    public String toString() {
        return Names.of(this);
    }
}
