/**
 * Layer 4: a mixture for each group of rows. {@link io.github.sparklatent.ml.mixture.grouped.GroupedMixture} is the
 * Estimator and {@link io.github.sparklatent.ml.mixture.grouped.GroupedMixtureModel} the model. Read
 * {@code GroupedTraining} first: it fits the model of all rows, and then each group within one task by
 * {@code GroupFit}. {@code Groups} is the saved form.
 */
package io.github.sparklatent.ml.mixture.grouped;
