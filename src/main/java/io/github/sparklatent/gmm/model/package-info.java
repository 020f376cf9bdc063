/**
 * Layer 2: a Gaussian mixture, its densities, responsibilities and samples.
 *
 * <p>{@link io.github.sparklatent.gmm.model.MixtureParameters} holds the parameters.
 * {@link io.github.sparklatent.gmm.model.MixtureFactors} holds them in factorised form for the E-step:
 * {@code LogDensities} computes the log joint densities of a block of rows by matrix products, and {@code Posterior}
 * normalises them in the log domain. {@code MixtureSampler} draws rows.
 */
package io.github.sparklatent.gmm.model;
