/**
 * Mixtures of columns of several types. {@code MixedMixture} has the parameters, {@code
 * MixedDensity} computes densities, and {@code MixedMixtureEm} is the problem that the loop of
 * {@code learn.em} solves; read them first.
 */
package io.github.sparklatent.mixture;
