/**
 * Layer 5: the configuration of a job. {@code ConfigurationFile} reads a HOCON file with its includes and overrides.
 * {@link io.github.sparklatent.app.config.JobConfiguration} holds the checked result, with a record for each section,
 * such as {@link io.github.sparklatent.config.DataSection}. Read {@code JobConfiguration} first. {@code Requirements}
 * checks the additional requirements of a command. The package {@code config} and the model families define the keys of
 * the sections {@code model} and {@code train}. This package needs no Spark session.
 */
package io.github.sparklatent.app.config;
