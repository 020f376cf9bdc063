/**
 * Layer 4: value types that only networks have: hidden layers, likelihoods and image sizes. Read
 * {@link io.github.sparklatent.ml.network.values.Layers} first, then {@code Likelihoods}. The package adds to the types
 * of {@code config.value}.
 */
package io.github.sparklatent.ml.network.values;
