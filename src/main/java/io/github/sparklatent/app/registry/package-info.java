/**
 * The registry of model versions: the log of decisions, the checks that a version has to pass, and the commands that
 * publish one. {@code Registry} is the only truth.
 */
package io.github.sparklatent.app.registry;
