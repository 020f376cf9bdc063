/** Autoencoders, variational autoencoders and their adversarial forms, without Spark. */
package io.github.sparklatent.vae;
