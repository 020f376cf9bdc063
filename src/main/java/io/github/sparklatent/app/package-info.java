/**
 * Layer 5: the commands. {@link io.github.sparklatent.app.Latent} is the main class that spark-submit starts. Each
 * {@code *Command} declares the options of a command and names its job. {@code JobRequest} is what was typed;
 * {@code CompletedConfiguration} adds what the table and the preset say.
 *
 * <ul>
 *   <li>{@code app.job}: the work of each command. Read {@code TrainJob} first.
 *   <li>{@code app.files}: reads and writes tables and results. {@code Place} publishes a complete result or none.
 *   <li>{@code app.console}: messages, progress, signals, exit codes.
 *   <li>{@code app.config}: the configuration file of a job.
 *   <li>{@code app.recognition}: what can be said about a table before Spark starts.
 *   <li>{@code app.images}: reads image files as tables.
 * </ul>
 */
package io.github.sparklatent.app;
