package io.github.sparklatent.mixture.training;

import io.github.sparklatent.settings.Names;

/** The criterion by which the number of components is chosen. */
public enum Criterion {
    /** Bayesian information criterion; the least is best. */
    BIC,
    /** Mean log-likelihood of held-out rows; the greatest is best. */
    HOLDOUT,
    /**
     * Nothing is compared: as many components as the rows allow, so that the density is as local as that of neighbours.
     */
    ROWS;

    /** Returns the cost for comparing numbers of components; smaller is better. */
    double cost(Candidate candidate) {
        return switch (this) {
            case BIC -> candidate.bic();
            case HOLDOUT -> -candidate.holdoutMeanLogLikelihood();
            case ROWS -> candidate.costOfRestart();
        };
    }

    @Override
    public String toString() {
        return Names.of(this);
    }
}
