/**
 * Distributions of rows whose parameters are the outputs of a network: densities, gradients, means and draws. Read
 * {@link io.github.sparklatent.nn.likelihood.Likelihood} first, then
 * {@link io.github.sparklatent.nn.likelihood.Decoder}.
 *
 * <p>May import: {@code linalg}, {@code nn}.
 */
package io.github.sparklatent.nn.likelihood;
