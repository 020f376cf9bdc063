package io.github.sparklatent.gmm;

import java.util.Arrays;
import java.util.Locale;

/** By what the number of components is chosen. */
public enum Criterion {
    /** Bayesian information criterion; the least is best. */
    BIC,
    /** Akaike's information criterion; the least is best. */
    AIC,
    /** Mean log-likelihood of held-out rows; the greatest is best. */
    HOLDOUT;

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
                                                + "\", expected bic, aic or holdout"));
    }

    /** What is compared among candidates: smaller is better. */
    double cost(Candidate candidate) {
        return switch (this) {
            case BIC -> candidate.bic();
            case AIC -> candidate.aic();
            case HOLDOUT -> -candidate.holdoutMeanLogLikelihood();
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
