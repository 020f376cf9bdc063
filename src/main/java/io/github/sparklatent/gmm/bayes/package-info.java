/**
 * Layer 2: posteriors of the parameters of a Gaussian mixture, with the expectations of
 * {@link io.github.sparklatent.gmm.em}. {@code VariationalBayes} has a closed form for each round. Read it first.
 * {@code VariationalInference} follows gradients of the bound of a Gaussian posterior, in the coordinates of
 * {@link io.github.sparklatent.gmm.stochastic.LogCholesky}; {@code LogJoint} has its density.
 */
package io.github.sparklatent.gmm.bayes;
