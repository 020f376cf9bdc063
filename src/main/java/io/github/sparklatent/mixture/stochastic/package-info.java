/**
 * Layer 2: fits of mixtures whose tasks improve the mixture while they go through their rows: stepwise EM, and
 * stochastic gradients of Gaussian columns. Each task improves a copy, and the driver averages the copies after each
 * traversal. Read {@link io.github.sparklatent.mixture.stochastic.LocalFit} first.
 */
package io.github.sparklatent.mixture.stochastic;
