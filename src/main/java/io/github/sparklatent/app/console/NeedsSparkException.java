package io.github.sparklatent.app.console;

/**
 * Thrown by a process that was started without the options of Spark if it needs a session. The script that started it
 * then starts the command with spark-submit.
 */
final class NeedsSparkException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NeedsSparkException() {
        super("");
    }
}
