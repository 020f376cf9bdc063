package io.github.sparklatent.mixture.training;

import io.github.sparklatent.settings.Names;

/** The method by which a mixture is fitted. */
public enum FitMethod {
    /** Expectation-maximisation: the parameters of greatest likelihood. */
    EM,
    /**
     * Variational Bayes: a posterior of the parameters, under which components that no row needs become empty. The
     * fitted mixture has the mean weights and means of the posterior, and the inverses of the expected precisions as
     * covariances.
     */
    VARIATIONAL_BAYES,
    /**
     * Variational inference: a Gaussian posterior of all parameters together, by gradients of the evidence lower bound.
     * The fitted mixture is that at its mean.
     */
    VARIATIONAL_INFERENCE,
    /** Stepwise EM: tasks update the mixture after every batch of rows, with falling steps. Rounds of EM follow. */
    STEPWISE_EM,
    /** Stochastic gradient ascent on the likelihood, by Adam. */
    GRADIENT,
    /** EM with components drawn for each row instead of its responsibilities. */
    MONTE_CARLO_EM;

    /** Returns whether the method seeks the parameters of greatest likelihood. */
    public boolean maximizesLikelihood() {
        return this != VARIATIONAL_BAYES && this != VARIATIONAL_INFERENCE;
    }

    @Override
    public String toString() {
        return Names.of(this);
    }
}
