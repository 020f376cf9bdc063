/**
 * Mixtures of columns of several types. {@code MixedMixture} has the parameters, {@code
 * MixedDensity} computes densities and conditionals, {@code MixedMixtureEm} is the problem that the
 * loop of {@code learn.em} solves, and {@code MixedTrainer} fits several numbers of components;
 * read them first.
 */
package io.github.sparklatent.mixture;
