package io.github.sparklatent.gmm.training;

import io.github.sparklatent.gmm.initialization.MutualInformation;
import java.util.Arrays;
import java.util.Locale;

/** The criterion by which the best of several fits is chosen. */
public enum Criterion {
    /** Bayesian information criterion; the least is best. */
    BIC,
    /** Akaike's information criterion; the least is best. */
    AIC,
    /** Mean log-likelihood of held-out rows; the greatest is best. */
    HOLDOUT,
    /**
     * {@link MutualInformation} of the training rows; the greatest is best. It chooses among
     * restarts only, because it grows with the number of components.
     */
    MUTUAL_INFORMATION;

    /**
     * Parses the lower-case name.
     *
     * @throws IllegalArgumentException for any other text
     */
    public static Criterion of(String name) {
        return Arrays.stream(values())
                .filter(value -> value.toString().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "criterion is \""
                                                + name
                                                + "\", expected bic, aic, holdout or"
                                                + " mutual-information"));
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
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
