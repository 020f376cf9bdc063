/**
 * Layer 4: the contract of a model family, and what all families share. It depends on no family.
 *
 * <p>Read {@link io.github.sparklatent.ml.core.ModelFamily} first: the type with its hyperparameters, the Estimator,
 * and the reader of saved models. An Estimator is a {@link io.github.sparklatent.ml.core.LatentEstimator}, a model is a
 * {@link io.github.sparklatent.ml.core.LatentModel}, and {@code LatentParams} has the Params of both. {@code Roles}
 * choose the columns of a table for a job and for an Estimator, {@code TrainingTables} are the tables of a training,
 * and {@link io.github.sparklatent.ml.core.Training} fits a model for the command and for the Estimator, and returns a
 * {@code Trained}. {@code SavedModel} is a model with the stage that makes its features; {@code TrainingMonitor}
 * receives progress and checkpoints.
 *
 * <p>A row is scored by {@code Scoring}, whose {@code RowScorer} reads a batch of rows, asks the model for their scores
 * and compares these with the reference rows of the model: their severity. {@code TrainingScores} finds the reference
 * rows after a training.
 */
package io.github.sparklatent.ml.core;
