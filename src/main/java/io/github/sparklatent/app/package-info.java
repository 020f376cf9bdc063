/**
 * Floor 5: the command line. {@link io.github.sparklatent.app.Latent} is what spark-submit starts;
 * each command is a {@code *Command} that says what may be typed and a {@code *Job} that does it.
 *
 * <p>The jobs know no kind of model. A kind brings a {@code ModelTraining} ({@code
 * MixtureTraining}, {@code NetworkTraining}), which {@code TrainJob} starts, and a {@code
 * SavedModel} ({@code SavedMixture}, {@code SavedNetwork}), with which the other jobs work.
 *
 * <p>The way of a training: {@code TrainTables} finds the tables that the configuration names,
 * {@code cluster.BlockTable} or {@code cluster.ShardTable} checks and caches them, {@code
 * gmm.MixtureTrainer} or {@code learn.AveragingLoop} goes over them under the eyes of {@code
 * Rounds} (progress, checkpoints, signals), and {@code ResultWriter} leaves the model, its figures
 * and its report in an {@code OutputDirectory} that appears whole or not at all. {@code ExitCodes}
 * is the one place where an exception becomes a sentence and an exit code.
 */
package io.github.sparklatent.app;
