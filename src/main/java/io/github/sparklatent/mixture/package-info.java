/**
 * Mixtures of columns of several types. {@code MixedMixture} has the parameters, {@code MixedDensity} computes
 * densities, and {@code MixedMixtureEm} is the problem that the loop of {@code learn.em} solves; read them first.
 * {@code MixedProblem} is the same problem for stepwise EM. {@code MixedTrainer} fits several starts and numbers of
 * components, {@code MixedSampler} draws rows, and {@code MixedScores} computes what scoring adds.
 */
package io.github.sparklatent.mixture;
