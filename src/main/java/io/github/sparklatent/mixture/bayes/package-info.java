/**
 * Layer 2: posteriors of the parameters of a mixture, with the expectations of
 * {@link io.github.sparklatent.mixture.em}. {@code VariationalBayes} has a closed form for each round. Read it first.
 * {@code VariationalInference} follows gradients of the bound of a Gaussian posterior, in the coordinates of
 * {@link io.github.sparklatent.mixture.stochastic.LogCholesky}; {@code LogJoint} has its density.
 */
package io.github.sparklatent.mixture.bayes;
