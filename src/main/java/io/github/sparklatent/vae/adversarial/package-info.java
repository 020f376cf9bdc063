/**
 * The losses of models that play against a discriminator:
 * {@link io.github.sparklatent.vae.adversarial.VariationalAdversarialObjective} (VAE-GAN),
 * {@link io.github.sparklatent.vae.adversarial.MixtureAdversarialObjective} (the decoder's stage of a
 * mixture-of-Gaussians VAE), and {@link io.github.sparklatent.gan.GameObjective} (GAN).
 */
package io.github.sparklatent.vae.adversarial;
