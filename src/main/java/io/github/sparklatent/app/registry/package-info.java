/**
 * The registry of model versions: the log of decisions, the checks that a version has to pass, and
 * the commands that publish one.
 */
package io.github.sparklatent.app.registry;
