/**
 * Layer 4: from settings to the objects that train. Read {@link
 * io.github.sparklatent.ml.network.options.NetworkOptions} first: it makes the networks of {@code
 * vae} and {@code gan} and the stages of their training. {@code RoundOptions} makes the options of
 * the rounds and the optimisers. {@code LikelihoodColumns} assigns columns to likelihoods, and
 * {@code LikelihoodCheck} checks that each value of a row is possible under its likelihood.
 */
package io.github.sparklatent.ml.network.options;
