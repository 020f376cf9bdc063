/**
 * Layer 4: value types that only networks have: hidden layers, likelihoods, image sizes and shares.
 * Read {@link io.github.sparklatent.ml.network.values.Layers} and its {@code LayerSetting} first,
 * then {@code Likelihoods}. The package adds to the types of {@code config.value}.
 */
package io.github.sparklatent.ml.network.values;
