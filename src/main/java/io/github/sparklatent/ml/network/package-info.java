/**
 * Layer 4: autoencoders, variational autoencoders and adversarial networks as model families.
 * {@link io.github.sparklatent.ml.network.NetworkEstimator} and {@link
 * io.github.sparklatent.ml.network.NetworkModel} are shared by all of them; read them first. {@code
 * NetworkFamily} describes one family, {@code NetworkTraining} trains it by parameter averaging,
 * and {@code SavedNetwork} reads saved models. The sub-packages are {@code keys} (hyperparameters),
 * {@code values} (their types), {@code options} (from settings to networks), {@code record} (saved
 * form), {@code measure} (figures) and {@code report} (pictures).
 */
package io.github.sparklatent.ml.network;
