/**
 * The stages of training a network model, as {@link io.github.sparklatent.learn.stage.StagedTraining} runs them:
 * {@link io.github.sparklatent.vae.stage.ClusteringStages} for clustering VAEs, and
 * {@link io.github.sparklatent.vae.stage.BoundStages} for mixture-of-Gaussians VAEs.
 */
package io.github.sparklatent.vae.stage;
