/**
 * Layer 2: variational Bayes of a Gaussian mixture, with the expectations of {@link io.github.sparklatent.gmm.em}. Read
 * {@code VariationalBayes} first.
 */
package io.github.sparklatent.gmm.bayes;
