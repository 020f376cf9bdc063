/**
 * Layer 2: linear Gaussian models, z ~ N(0, I), x | z ~ N(W z + μ, Ψ) with a diagonal Ψ. With Ψ = σ² I the model is
 * probabilistic principal component analysis, otherwise factor analysis. The package does not use Spark.
 *
 * <p>Read {@link io.github.sparklatent.linear.LinearGaussian} first, the parameters, then
 * {@link io.github.sparklatent.linear.LinearPosterior}: densities, codes, reconstructions and missing values of a block
 * of rows by the l × l matrix I + WᵀΨ⁻¹W, never by a d × d inverse. {@code LinearSums} and
 * {@link io.github.sparklatent.linear.LinearMaximization} are the parts of a round of EM. Cost and sums are linear in
 * d, with or without missing values. {@code mixture.training.LinearTrainer} fits a model.
 *
 * <p>Notation: n rows, d columns, l latent variables. Sources: Tipping and Bishop, Probabilistic Principal Component
 * Analysis, Journal of the Royal Statistical Society B, 1999; Rubin and Thayer, EM algorithms for ML factor analysis,
 * Psychometrika, 1982; Liu, Rubin and Wu, Parameter expansion to accelerate EM, Biometrika, 1998. May import:
 * {@code learn}, {@code linalg}.
 */
package io.github.sparklatent.linear;
