/** Latent-variable models for Apache Spark. */
package io.github.sparklatent;
