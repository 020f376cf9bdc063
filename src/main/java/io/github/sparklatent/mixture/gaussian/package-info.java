/**
 * Layer 2: the columns of a mixture with a joint Gaussian distribution: their densities, conditionals and samples.
 *
 * <p>{@link io.github.sparklatent.mixture.gaussian.MixtureParameters} holds the parameters.
 * {@link io.github.sparklatent.mixture.gaussian.MixtureFactors} holds them in factorised form for the E-step:
 * {@code LogDensities} computes the log joint densities of a block of rows by matrix products, {@code ConditionalRows}
 * those of rows with missing values.
 */
package io.github.sparklatent.mixture.gaussian;
