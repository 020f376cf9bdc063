/**
 * What a job is told: HOCON files and {@code --set key=value}, read against one list of keys.
 *
 * <p>{@link io.github.sparklatent.app.config.JobConfiguration#load JobConfiguration.load} is the
 * way in: it parses the file with its includes and environment variables, lays the overrides over
 * it, and gives immutable records, or one {@link
 * io.github.sparklatent.app.config.ConfigurationException} that lists everything that is wrong, a
 * line each:
 *
 * <pre>
 *   conf/digits.conf:3: model.componets is not a key (did you mean model.components?)
 *   conf/digits.conf:7: train.tolerance is -1, must be a number &gt;= 0
 * </pre>
 *
 * <p>A key is written once, in {@code CommonKeys} or in the lists of its model types ({@code
 * MixtureKeys}, {@code NetworkKeys}): path, kind, default and one line of meaning. Validation, the
 * defaults, {@code conf/reference.conf} and the table of the reference page come from there; a test
 * holds the two texts to the list. A new model type is a constant of {@link
 * io.github.sparklatent.app.config.ModelType} with its own keys, its own {@link
 * io.github.sparklatent.app.config.ModelSettings} and its own conflicts.
 *
 * <p>No Spark here: a mistake is told before Spark starts. The package imports the HOCON library,
 * the options of the models and Commons Text, which Spark brings.
 */
package io.github.sparklatent.app.config;
