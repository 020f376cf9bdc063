/**
 * Layer 4: whether rows that a model has generated can replace real rows.
 * {@link io.github.sparklatent.ml.synthesis.SynthesisEvaluation} compares the tables; {@code Forest} asks Spark's
 * random forests to tell the rows apart and to predict a column; {@code Detection} is the area of the first, also for
 * any two tables; {@code MembershipAttack} measures what the rows reveal of the training rows.
 */
package io.github.sparklatent.ml.synthesis;
