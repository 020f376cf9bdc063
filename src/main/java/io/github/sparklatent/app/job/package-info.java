/**
 * Layer 5: the jobs, one for each command.
 *
 * <p>A job does not depend on a model family. {@code TrainJob} runs the {@code ml.core.Training} of the configured
 * family; {@code JobMonitor} handles progress, checkpoints and signals. The other jobs work with an
 * {@code ml.core.SavedModel}. {@code ResultWriter} writes the model, its metrics and its report.
 */
package io.github.sparklatent.app.job;
