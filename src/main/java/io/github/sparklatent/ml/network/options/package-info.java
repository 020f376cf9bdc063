/**
 * Layer 4: builds training objects from settings. Read {@link io.github.sparklatent.ml.network.options.NetworkOptions}
 * first: it builds the networks of {@code vae} and {@code gan} and the stages of their training.
 * {@code LikelihoodColumns} assigns columns to likelihoods and checks that each value of a row is possible under its
 * likelihood.
 */
package io.github.sparklatent.ml.network.options;
