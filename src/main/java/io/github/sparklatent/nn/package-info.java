/**
 * Neural networks in single precision: layers, activations, likelihoods, with hand-written forward and backward
 * computation. Read {@link io.github.sparklatent.nn.Layer} first, then
 * {@link io.github.sparklatent.nn.likelihood.Likelihood} and {@link io.github.sparklatent.nn.likelihood.Decoder}.
 *
 * <p>All parameters of a model are in one flat vector with named views, which averaging, optimisers, checkpoints and
 * saved models share. A batch is a matrix with one row for each example. A layer has no values and can be serialised;
 * its {@code Worker} has the buffers for batches of up to a given number of rows and belongs to one thread. Gradients
 * are those of a loss summed over the rows.
 *
 * <p>The tests compile these sources a second time with doubles in place of floats.
 *
 * <p>May import: {@code linalg}.
 */
package io.github.sparklatent.nn;
