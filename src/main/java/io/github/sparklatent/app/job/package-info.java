/**
 * Layer 5: the jobs, one for each command.
 *
 * <p>A job knows no model family: {@code TrainJob} runs the {@code ml.core.Training} of the
 * configured family, with progress, checkpoints and signals in {@code JobMonitor}; the other jobs
 * work with an {@code ml.core.SavedModel}. {@code ResultWriter} writes the model, its figures and
 * its report.
 */
package io.github.sparklatent.app.job;
