/**
 * Layer 5: messages, progress and the reaction to signals.
 *
 * <p>{@code ExitCodes} turns an exception into a message and an exit code.
 */
package io.github.sparklatent.app.console;
