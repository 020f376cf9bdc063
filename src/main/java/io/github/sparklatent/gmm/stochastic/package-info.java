/**
 * Fits of a Gaussian mixture whose tasks improve the mixture while they go through their rows:
 * stepwise EM and stochastic gradients. Each task improves a copy, and the driver averages the
 * copies after each traversal. Read {@link io.github.sparklatent.gmm.stochastic.LocalFit} first.
 */
package io.github.sparklatent.gmm.stochastic;
