/**
 * Floor 1: networks on blocks of floats. Layers, activations, likelihoods; forward and backward by
 * hand. All parameters of a model lie in one flat vector with named views, so that averaging,
 * optimisers, checkpoints and saved models see the same thing.
 *
 * <p>May import: {@code linalg}.
 */
package io.github.sparklatent.nn;
