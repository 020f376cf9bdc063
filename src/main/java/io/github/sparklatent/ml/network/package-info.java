/**
 * Layer 4: autoencoders, variational autoencoders and adversarial networks as model families. All of them share
 * {@link io.github.sparklatent.ml.network.NetworkEstimator} and {@link io.github.sparklatent.ml.network.NetworkModel};
 * read these first. {@code NetworkFamily} describes one family and its saved form, and {@code NetworkTraining} trains
 * it by parameter averaging. The sub-packages are {@code keys} (hyperparameters), {@code values} (their types),
 * {@code options} (builds networks from settings), {@code measure} (metrics) and {@code report} (pictures).
 */
package io.github.sparklatent.ml.network;
