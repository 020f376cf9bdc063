/**
 * The stages of training a VAE, as {@link io.github.sparklatent.learn.stage.StagedTraining} runs them:
 * {@link io.github.sparklatent.vae.stage.VaeStage} names them, and {@link io.github.sparklatent.vae.stage.VaeStages}
 * makes them.
 */
package io.github.sparklatent.vae.stage;
