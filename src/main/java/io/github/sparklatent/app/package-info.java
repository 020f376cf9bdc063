/**
 * Layer 5: the commands. {@link io.github.sparklatent.app.Latent} is the main class that
 * spark-submit starts. Each command is a {@code *Command}, which declares the options of the
 * command line, and a {@code *Job}, which runs it.
 *
 * <p>Read {@code TrainJob} first, then {@code OutputDirectory}, which publishes a complete result
 * or none, and {@code ExitCodes}, which turns an exception into a message and an exit code. A job
 * knows no model family: {@code TrainJob} runs the {@code ml.core.Training} of the configured
 * family, with progress, checkpoints and signals in {@code JobMonitor}; the other jobs work with an
 * {@code ml.core.SavedModel}. {@code ResultWriter} writes the model, its figures and its report.
 */
package io.github.sparklatent.app;
