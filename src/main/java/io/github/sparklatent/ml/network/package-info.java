/**
 * Layer 4: autoencoders, variational autoencoders and adversarial networks as model families. All of them share
 * {@link io.github.sparklatent.ml.network.NetworkEstimator} and {@link io.github.sparklatent.ml.network.NetworkModel};
 * read these first. {@code NetworkFamily} describes one family and its saved form, and {@code NetworkTraining} trains
 * it by parameter averaging. {@code NetworkPictures} computes what the page shows of rows. The sub-packages are
 * {@code keys} (hyperparameters and the types of their values), {@code options} (builds networks from settings),
 * {@code graph} (ONNX) and {@code measure} (metrics).
 */
package io.github.sparklatent.ml.network;
