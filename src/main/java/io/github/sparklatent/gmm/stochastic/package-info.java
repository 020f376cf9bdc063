/**
 * Fits of mixtures whose tasks improve the mixture while they go through their rows: stepwise EM of any family that is
 * a {@link io.github.sparklatent.gmm.stochastic.LocalProblem}, and stochastic gradients of Gaussian mixtures. Each task
 * improves a copy, and the driver averages the copies after each traversal. Read
 * {@link io.github.sparklatent.gmm.stochastic.LocalFit} first.
 */
package io.github.sparklatent.gmm.stochastic;
