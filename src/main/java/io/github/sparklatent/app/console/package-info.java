/**
 * Layer 5: what a person sees of a job: messages, progress, the reaction to signals.
 *
 * <p>{@code ExitCodes} turns an exception into a message and an exit code.
 */
package io.github.sparklatent.app.console;
