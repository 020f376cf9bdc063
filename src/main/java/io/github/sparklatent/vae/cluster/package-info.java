/**
 * The initialisation of clusters from the latent codes of an autoencoder. Read
 * {@link io.github.sparklatent.vae.cluster.ClusteringRecipe} first, then {@code ClusterInitialization}, which fits a
 * mixture to the codes of a data set and turns it into the parameters of a model.
 */
package io.github.sparklatent.vae.cluster;
