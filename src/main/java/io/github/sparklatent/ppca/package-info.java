/**
 * Layer 2: probabilistic principal component analysis, z ~ N(0, I), x | z ~ N(W z + μ, σ² I). It
 * does not use Spark.
 *
 * <p>Read {@link io.github.sparklatent.ppca.Ppca} first: the parameters, and their maximum
 * likelihood in closed form. {@code Moments} collects the mean and the covariance of the rows in
 * two traversals; {@link io.github.sparklatent.ppca.PpcaPosterior} gives densities, codes and
 * reconstructions of a block of rows by the l × l matrix M = Wᵀ W + σ² I, never by a d × d inverse.
 *
 * <p>Notation: n rows, d columns, l latent variables. Source: Tipping and Bishop, Probabilistic
 * Principal Component Analysis, Journal of the Royal Statistical Society B, 1999. May import:
 * {@code learn}, {@code linalg}.
 */
package io.github.sparklatent.ppca;
