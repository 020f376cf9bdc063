package io.github.sparklatent.gmm.bayes;

import io.github.sparklatent.gmm.model.MixtureParameters;

/**
 * The posterior of a mixture's parameters. With the prior, a mixture and the sizes of its components determine the
 * posterior.
 *
 * @param mixture E[π], the means m_k, and the covariances (ν_k W_k)⁻¹, which are the inverses of the expected
 *     precisions
 * @param sizes N_k, expected number of rows of each component, k numbers. Not to be modified.
 */
public record VariationalMixture(MixtureParameters mixture, double[] sizes) {}
