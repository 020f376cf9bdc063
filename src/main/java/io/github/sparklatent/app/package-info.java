/**
 * Floor 5: the command line. {@link io.github.sparklatent.app.Latent} is what spark-submit starts;
 * each command is a {@code *Command} that says what may be typed and a {@code *Job} that does it.
 *
 * <p>The way of a training: {@code TableReader} reads the table that the configuration names,
 * {@code cluster.BlockTable} checks and caches it, {@code gmm.MixtureTrainer} goes over it under
 * the eyes of {@code Progress} and {@code Checkpoints}, {@code LabelMeasures} compare components
 * with labels, and {@code ResultWriter} leaves the model, its figures and its report in an {@code
 * OutputDirectory} that appears whole or not at all. {@code ExitCodes} is the one place where an
 * exception becomes a sentence and an exit code.
 */
package io.github.sparklatent.app;
