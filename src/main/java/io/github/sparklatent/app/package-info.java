/**
 * Layer 5: the commands. {@link io.github.sparklatent.app.Latent} is the main class that
 * spark-submit starts. Each {@code *Command} declares the options of the command line and names its
 * job.
 *
 * <ul>
 *   <li>{@code app.job}: what each command does. Read {@code TrainJob} first.
 *   <li>{@code app.files}: tables and results that are read and written. {@code OutputDirectory}
 *       publishes a complete result or none.
 *   <li>{@code app.console}: messages, progress, signals, exit codes.
 *   <li>{@code app.config}: the configuration file of a job. {@code app.images}: image files as
 *       tables.
 * </ul>
 */
package io.github.sparklatent.app;
