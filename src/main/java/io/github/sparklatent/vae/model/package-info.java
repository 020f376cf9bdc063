/**
 * Layer 2: the parts of a network model. {@link io.github.sparklatent.vae.model.Kind} composes each model of an
 * encoder's output, a prior and an auxiliary network. {@link io.github.sparklatent.vae.model.Architecture} adds the
 * shapes. {@link io.github.sparklatent.vae.model.Networks} has the layers, with all parameters in one flat vector:
 * encoder, decoder, likelihood, prior, auxiliary network. Nothing here computes on rows.
 */
package io.github.sparklatent.vae.model;
