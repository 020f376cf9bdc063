/**
 * Floor 1: networks on blocks of floats. Layers, activations, likelihoods; forward and backward by
 * hand. All parameters of a model lie in one flat vector with named views, so that averaging,
 * optimisers, checkpoints and saved models see the same thing.
 *
 * <p>A batch is a matrix of one row an example. A {@link io.github.sparklatent.nn.Layer} says what
 * is computed and can be sent anywhere; its {@code Worker} has the buffers for batches of up to so
 * many rows, made once, and belongs to one thread. Gradients are of a loss that is summed over the
 * rows, and are added to what is there.
 *
 * <p>The tests compile these sources a second time with doubles in the place of floats.
 *
 * <p>May import: {@code linalg}.
 */
package io.github.sparklatent.nn;
