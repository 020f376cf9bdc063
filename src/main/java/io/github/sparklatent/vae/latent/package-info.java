/**
 * Latent codes of a batch of rows, with the buffers of one task. {@link io.github.sparklatent.vae.latent.RowBatch} is a
 * batch as an encoder reads it; {@link io.github.sparklatent.vae.latent.GaussianPosterior} and
 * {@link io.github.sparklatent.vae.latent.MixturePosterior} are q(z|x);
 * {@link io.github.sparklatent.vae.latent.CodeSamples} draws codes and decodes them;
 * {@link io.github.sparklatent.vae.latent.HamiltonianChains} moves codes towards p(z|x). The other classes are
 * densities and divergences of priors with components, and their gradients.
 */
package io.github.sparklatent.vae.latent;
