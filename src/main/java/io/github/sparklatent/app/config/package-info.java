/**
 * Layer 5: the configuration of a job. {@code ConfigurationFile} reads a HOCON file with its
 * includes and its overrides. {@link io.github.sparklatent.app.config.JobConfiguration} holds the
 * checked result, with a record for each section, such as {@link
 * io.github.sparklatent.app.config.DataSection}. Read {@code JobConfiguration} first. {@code
 * Requirements} checks what a command needs beyond that. The keys of the sections {@code model} and
 * {@code train} belong to {@code config} and to the model families. No Spark session is needed
 * here.
 */
package io.github.sparklatent.app.config;
