package io.github.sparklatent.gmm.training;

import io.github.sparklatent.settings.Names;

/** The criterion by which the number of components is chosen. */
public enum Criterion {
    /** Bayesian information criterion; the least is best. */
    BIC,
    /** Mean log-likelihood of held-out rows; the greatest is best. */
    HOLDOUT;

    /** Returns the cost for comparing numbers of components; smaller is better. */
    double cost(Candidate candidate) {
        return switch (this) {
            case BIC -> candidate.bic();
            case HOLDOUT -> -candidate.holdoutMeanLogLikelihood();
        };
    }

    @Override
    public String toString() {
        return Names.of(this);
    }
}
