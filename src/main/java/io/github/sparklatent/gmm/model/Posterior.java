package io.github.sparklatent.gmm.model;

import io.github.sparklatent.linalg.LogSumExp;

/**
 * The posterior r_nk = p(k | x_n), computed in the log domain (Bishop 2006, eq. 9.23).
 *
 * @param factors mixture with factorised covariances
 */
public record Posterior(MixtureFactors factors) implements Responsibilities {
    @Override
    public int components() {
        return factors.components();
    }

    @Override
    public Assigner assigner() {
        return assigner(factors.densities());
    }

    @Override
    public Assigner assigner(BlockDensities densities) {
        return (block, responsibilities, logLikelihoods) -> {
            densities.apply(block, responsibilities);
            LogSumExp.normalizeColumns(responsibilities, logLikelihoods);
        };
    }
}
