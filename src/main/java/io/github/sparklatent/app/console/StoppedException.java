package io.github.sparklatent.app.console;

/** A signal asked the job to end. The message says what is left to go on from. */
final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoppedException(String message, Throwable cause) {
        super(message, cause);
    }
}
