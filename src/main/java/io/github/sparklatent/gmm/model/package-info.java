/**
 * Layer 2: a Gaussian mixture and what can be computed from it.
 *
 * <p>{@link io.github.sparklatent.gmm.model.Mixture} has the parameters. {@link
 * io.github.sparklatent.gmm.model.MixtureFactors} has them in the form that the E-step reads:
 * {@code LogDensities} computes the log joint densities of a block of rows by matrix products, and
 * {@code Posterior} normalises them in the log domain. {@code MixtureSampler} draws rows.
 */
package io.github.sparklatent.gmm.model;
