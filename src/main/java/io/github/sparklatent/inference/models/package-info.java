/**
 * Layer 2: models for {@link io.github.sparklatent.inference.BayesianModel} that are ready to use, and examples for
 * models of a user's own.
 */
package io.github.sparklatent.inference.models;
