package io.github.sparklatent.gmm.training;

import io.github.sparklatent.gmm.initialization.MutualInformation;
import io.github.sparklatent.settings.Names;
import io.github.sparklatent.settings.Rules;
import java.util.List;

/** The criterion by which the best of several fits is chosen. */
public enum Criterion {
    /** Bayesian information criterion; the least is best. */
    BIC,
    /** Akaike's information criterion; the least is best. */
    AIC,
    /** Mean log-likelihood of held-out rows; the greatest is best. */
    HOLDOUT,
    /**
     * {@link MutualInformation} of the training rows; the greatest is best. It chooses among restarts only, because it
     * grows with the number of components.
     */
    MUTUAL_INFORMATION;

    /**
     * Refuses a criterion that cannot choose among numbers of components.
     *
     * @param rules rules of options with the components criterion and components. Modified.
     */
    public static Rules check(Criterion criterion, List<Integer> components, Rules rules) {
        return rules.refuse(
                criterion == MUTUAL_INFORMATION && components.size() != 1,
                "criterion",
                "is mutual-information, which grows with the number of components: model.components must be one number");
    }

    /** Returns the cost for comparing numbers of components; smaller is better. */
    double cost(Candidate candidate) {
        return switch (this) {
            case BIC -> candidate.bic();
            case AIC -> candidate.aic();
            case HOLDOUT -> -candidate.holdoutMeanLogLikelihood();
            case MUTUAL_INFORMATION -> -candidate.mutualInformation();
        };
    }

    /** Returns the cost for comparing restarts; smaller is better. */
    public double costOfRestart(Candidate candidate) {
        return this == MUTUAL_INFORMATION ? cost(candidate) : -candidate.objective();
    }

    @Override
    public String toString() {
        return Names.of(this);
    }
}
